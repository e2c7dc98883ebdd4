package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.realparts.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person types what the pages show, line by line, at a site of the lab that a service watches. What takes a process of
 * its own ({@code serve}, {@code rehearse}, {@code lab}) is typed by the tests of those commands.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PagesTest {
    private static final double SPEED = 12;
    private static final Set<String> OF_THEIR_OWN = Set.of("serve", "rehearse", "lab");
    /** In a quiet world these have no reason to end otherwise than well. */
    private static final Set<String> WELL =
            Set.of("run", "plan", "forecast", "setup", "status", "hold", "site", "inhibit", "verify", "receipts");

    private static final SiteId LOFT = new SiteId("loft");
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final Pattern RUN = Pattern.compile("(?m)^Run (\\S+)$");

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabWorld world;

    @SuppressWarnings("NullAway.Init")
    private Service service;

    @SuppressWarnings("NullAway.Init")
    private Typist typist;

    @BeforeAll
    void aLoftThatIsWatched() throws Exception {
        Path contracts = folder.resolve("contracts");
        Path attic = Path.of("src/test/resources/contracts/attic");
        for (Path file : files(attic)) {
            Path to = contracts.resolve(attic.relativize(file).toString().replace("attic", "loft"));
            Files.createDirectories(to.getParent());
            Files.writeString(
                    to,
                    Files.readString(file)
                            .replace("attic", "loft")
                            .replaceAll("\\bpve1\\b", "pve")
                            .replaceAll("(off|boot): [0-9]+s", "$1: 20s")
                            .replace(
                                    "    ssh: {host: 192.0.2.11}\n",
                                    "    ssh: {host: 192.0.2.11}\n    off: 20s\n    boot: 20s\n")
                            .replace("    kind: vm\n", "    kind: vm\n    ready: responds\n")
                            .replace("    ssh: {user: admin}\n", "    ssh: {user: admin}\n    boot: 20s\n"));
        }
        LabWithService lab = new LabWithService(folder, contracts, SPEED);
        world = lab.world();
        service = lab.service(
                world,
                Settings.read(Path.of("application.properties"))
                        .with(
                                "ridethrough.receipts.anchor",
                                folder.resolve("heads.jsonl").toString()));
        typist = Typist.at(service, folder, contracts);
        Until.holds(() -> service.power.unready(LOFT).isEmpty(), SOON, () -> "the power of the site is known and good");
    }

    private static List<Path> files(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @AfterAll
    void over() {
        service.close();
        world.close();
    }

    @Test
    void everyCommandOfThePagesDoesWhatItsPageSaysInTheOrderInWhichItIsShown() throws IOException {
        List<String> all = new ArrayList<>();
        for (String page : List.of("first-site", "first-window", "reading-a-receipt", "when-things-go-wrong")) {
            List<String> shown = ShownCommands.of(Path.of("src/docs", page + ".md"));
            assertThat(shown).as(page).hasSizeGreaterThan(4);
            all.addAll(shown);
        }
        String lastRun = "none";
        for (String line : all) {
            String command = line.split(" ", 2)[0];
            if (OF_THEIR_OWN.contains(command)) {
                continue;
            }
            Typed typed = typist.types(line.replace("<run>", lastRun));
            if (line.equals("receipts key")) {
                Files.writeString(folder.resolve("receipt-key.pub.pem"), typed.out());
            }
            Matcher begun = RUN.matcher(typed.out());
            lastRun = begun.find() ? begun.group(1) : lastRun;

            assertThat(typed.code())
                    .as(line + "\n" + typed.out() + typed.err())
                    .isIn(
                            WELL.contains(command)
                                    ? List.of(Exit.WELL)
                                    : List.of(Exit.WELL, Exit.REFUSED, Exit.INCOMPLETE));
            if (typed.code() == Exit.REFUSED) {
                assertThat(typed.out() + typed.err()).as(line).isNotBlank();
            }
        }
        assertThat(List.of("nas", "pve", "pve2", "dns", "web", "media", "cameras"))
                .as("what the pages left as they found it")
                .allMatch(name -> world.isUp(AssetId.parse("loft/" + name)));
        assertThat(typist.types("status").out()).as("what the pages left held").doesNotContain("held ");
    }
}
