package io.ridethrough.cli;

import ch.qos.logback.classic.Level;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabGuard;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWorld;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays an outage on simulated sites made of the very contracts. No packet leaves loopback. */
@Command(
        name = "lab",
        description = "Plays an outage and its return on simulated sites made of the contracts; touches nothing real.")
final class LabCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Option(names = "--contracts", paramLabel = "FOLDER", description = "The contracts (default: as configured).")
    private @Nullable Path folder;

    @Option(names = "--site", description = "The site whose power fails (default: the first with a NAS).")
    private @Nullable String site;

    @Option(
            names = "--speed",
            description = "How much faster time passes (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private double speed = 20;

    @Option(names = "--stay", description = "Stay up afterwards, until ended.")
    private boolean stay;

    @Option(
            names = "--keep",
            paramLabel = "FOLDER",
            description = "Where journal and receipts go (default: a new folder).")
    private @Nullable Path keep;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (!(speed >= 1 && speed <= 200)) {
            throw new UserError("--speed is 1 to 200");
        }
        quiet();
        Settings settings = installation.settings();
        Contracts contracts =
                new ContractFolder(folder == null ? settings.path("ridethrough.contracts") : folder).contracts();
        Site stage = stage(contracts);
        LabGuard.arm();
        LabGuard.whyNotArmed().ifPresent(why -> {
            throw new UserError("the lab does not start without its guard: " + why);
        });
        Path at = keep == null ? Files.createTempDirectory("ridethrough-lab-") : keep;
        String banner = String.format(Locale.ROOT, "LAB x%.0f", speed);
        try (LabWorld world = LabWorld.start(contracts, new LabOptions(speed, at.resolve("world")));
                Service service = Service.start(
                        settings.with("ridethrough.http.port", Integer.toString(freePort()))
                                .with("ridethrough.power.tick", "50"),
                        Home.at(at.resolve("state")),
                        contracts,
                        LabClient.world(world, banner, speed))) {
            int code = new LabStory(banner, stage, world, service).play();
            System.out.println(banner + "  receipts are in " + at.resolve("state"));
            if (stay) {
                System.out.println(banner + "  stays up at " + service.address() + ", token in "
                        + at.resolve("state/token") + "; end it with Ctrl-C");
                new CountDownLatch(1).await();
            }
            return LabGuard.violations().isEmpty() ? code : guardBroken();
        }
    }

    /** The screen is for the story; what goes wrong is still logged. */
    private static void quiet() {
        if (System.getProperty("ridethrough.log.level") == null
                && LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.WARN);
        }
    }

    private static int guardBroken() {
        LabGuard.violations().forEach(violation -> System.out.println("GUARD: refused " + violation));
        return Exit.INCOMPLETE;
    }

    private Site stage(Contracts contracts) {
        Optional<Site> chosen = contracts.sites().values().stream()
                .filter(one -> site == null ? !one.nases().isEmpty() : one.id().equals(new SiteId(site)))
                .findFirst();
        return chosen.or(
                        () -> site == null ? contracts.sites().values().stream().findFirst() : Optional.empty())
                .orElseThrow(() -> new UserError(
                        "no such site; declared are " + contracts.sites().keySet()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
