package io.ridethrough.cli;

import io.ridethrough.breakglass.BreakGlass;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Ups;
import io.ridethrough.lab.WiringFile;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.tls.DeclaredPins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the service until it is told to end. */
@Command(name = "serve", description = "Runs the service: watches power and the clock, and answers over HTTP.")
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Mixin
    private final Installation installation = new Installation();

    @Option(names = "--lab-world", paramLabel = "FILE", hidden = true, description = "The wiring of a lab's world.")
    private @Nullable Path labWorld;

    @Option(names = "--lab-speed", hidden = true, description = "How fast time passes there.", defaultValue = "1")
    private double labSpeed = 1;

    @Option(names = "--lab-since", hidden = true, description = "When that time was the real one.")
    private Instant labSince = Instant.now();

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (labWorld != null) {
            LabCommand.arm();
            ProcessHandle.current().parent().ifPresent(lab -> {
                var unused = lab.onExit().thenRun(() -> System.exit(Exit.WELL));
            });
        }
        Settings settings = installation.settings();
        ContractFolder folder = new ContractFolder(settings.path("ridethrough.contracts"));
        Declared declared = Declared.in(folder);
        if (Files.notExists(new Home(settings.path("ridethrough.home")).journal())) {
            declared.orRefusal();
        }
        Home home = Home.whateverItIs(settings.path("ridethrough.home"));
        boolean first = !home.hasToken();
        Function<Contracts, Service.World> worlds = worlds(home);
        Renewed service = new Renewed(folder, now -> {
            Service begun = Service.start(settings, home, now, worlds);
            now.contracts().ifPresent(contracts -> renewBreakGlass(contracts, home));
            begun.whenTaken(contracts -> renewBreakGlass(contracts, home));
            return begun;
        });
        service.begin(declared);
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        if (first && home.hasToken()) {
            System.out.println("API token (shown once, kept in " + home.folder() + "/token): " + home.token());
        }
        System.out.println("Serving " + service.sites() + " on http://"
                + settings.text("ridethrough.http.host") + ":" + settings.port()
                + ". Sites only watch until armed: ridethrough arm <site>");
        service.untilEnded();
        return Exit.WELL;
    }

    /** Whoever must do without us finds what the contracts say now. A folder that takes nothing stops no service. */
    private static void renewBreakGlass(Contracts contracts, Home home) {
        for (SiteId site : contracts.sites().keySet()) {
            try {
                BreakGlass.write(contracts, site, home.breakGlass(), Instant.now());
            } catch (IOException e) {
                LOG.atWarn().setCause(e).addKeyValue("site", site).log("The break-glass script could not be renewed");
            }
        }
    }

    private Function<Contracts, Service.World> worlds(Home home) throws IOException {
        if (labWorld == null) {
            return contracts -> real(home, contracts);
        }
        Service.World lab = lab(labWorld);
        return contracts -> lab;
    }

    private Service.World lab(Path wiring) throws IOException {
        return LabClient.world(WiringFile.read(wiring), LabClient.banner(labSpeed), labSpeed)
                .goesOnSince(labSince);
    }

    /** The real world, as this installation reaches it. */
    static Service.World real(Home home, Contracts contracts) {
        return new Service.World(
                "real",
                1,
                Wiring.direct(),
                home.secretsByName(),
                home.knownHosts(),
                new DeclaredPins(contracts.certificates(), home.knownCertificates()),
                Ups.MqttSource::broker);
    }
}
