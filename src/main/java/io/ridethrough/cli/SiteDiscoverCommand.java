package io.ridethrough.cli;

import io.ridethrough.contract.SiteId;
import io.ridethrough.discover.Drift;
import io.ridethrough.discover.Found;
import io.ridethrough.discover.FoundSite;
import io.ridethrough.draft.Draft;
import io.ridethrough.lab.WiringFile;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.tls.DeclaredPins;
import io.ridethrough.target.tls.Pin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What answers at a site: its folder the first time, the drift from then on. Asks only what changes nothing. */
@Command(
        name = "discover",
        description = "Asks what there is at a site and writes its folder; where it has one, shows what is declared"
                + " otherwise than it is seen, and writes nothing.")
final class SiteDiscoverCommand implements Callable<Integer> {
    @Mixin
    private final SiteFolders folders = new SiteFolders();

    @Parameters(paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Mixin
    private final Whom whom = new Whom();

    @Option(names = "--lab-world", paramLabel = "FILE", hidden = true, description = "The wiring of a lab's world.")
    private @Nullable Path labWorld;

    @Override
    public Integer call() throws IOException {
        SiteId id = SiteFolders.id(site);
        whom.orRefusal();
        Found found = new Looking(id, world(id), folders.settings().path("ridethrough.routes")).look(whom);
        Draft draft = FoundSite.draft(id, ZoneId.systemDefault().getId(), found);
        return folders.has(id) ? drift(id, draft, found) : written(draft);
    }

    private int written(Draft draft) {
        System.out.println("Written: " + folders.write(draft, false));
        System.out.println("Look at every line that says assumed, above all power.yaml: what feeds what was not seen.");
        NextCommand.say(folders.checkWords());
        return Exit.WELL;
    }

    private int drift(SiteId id, Draft draft, Found found) {
        List<String> lines = Drift.of(folders.trees(id), draft, found);
        lines.forEach(System.out::println);
        System.out.println(
                lines.isEmpty()
                        ? "No drift: what is declared of " + id + " is what is seen. Nothing was written."
                        : lines.size() + (lines.size() == 1 ? " difference" : " differences")
                                + " between what is declared of " + id + " and what is seen. Nothing was written.");
        return lines.isEmpty() ? Exit.WELL : Exit.INCOMPLETE;
    }

    private Service.World world(SiteId id) throws IOException {
        if (labWorld != null) {
            return LabClient.world(WiringFile.read(labWorld), LabClient.banner(1), 1);
        }
        Home home = new Home(folders.settings().path("ridethrough.home"));
        DeclaredPins known = new DeclaredPins(Map.of(), home.knownCertificates());
        return new Service.World(
                "real",
                1,
                Wiring.direct(),
                home.secretsByName(),
                home.knownHosts(),
                target -> Looking.number(id, target)
                        .flatMap(whom::fingerprint)
                        .map(Pin::fingerprint)
                        .or(() -> known.pin(target)),
                mqtt -> mqtt.broker(),
                Instant.now());
    }
}
