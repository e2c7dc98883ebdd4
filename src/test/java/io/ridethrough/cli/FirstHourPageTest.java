package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.WiringFile;
import io.ridethrough.lab.net.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person types what the pages of the first hour and the first drill show, line by line and as it stands there: the lab
 * stands for the site that answers at the names of the page. The drill itself takes minutes and is {@link
 * RehearsalTest}'s.
 */
final class FirstHourPageTest {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabWorld world;

    @SuppressWarnings("NullAway.Init")
    private Path wiring;

    @SuppressWarnings("NullAway.Init")
    private Path contracts;

    @BeforeEach
    void aLoftThatAnswersAtTheNamesOfThePage() throws Exception {
        Path home = Path.of("contracts/sites/home");
        Path there = folder.resolve("there");
        Files.createDirectories(there.resolve("sites/loft"));
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : files.toList()) {
                Files.writeString(
                        there.resolve("sites/loft").resolve(file.getFileName()),
                        Files.readString(file)
                                .replace("site: home", "site: loft")
                                .replace("ssh/home", "ssh/loft")
                                .replace("ridethrough/home", "ridethrough/loft")
                                .replace(" pve,", "")
                                .replaceAll("proxmox-home\\b", "pve")
                                .replace(
                                        "    mqtt:\n",
                                        "    nut: {host: ups.example, port: 3493, name: ups}\n    mqtt:\n"));
            }
        }
        ChangedFolder.of(there, folder.resolve("world-contracts"))
                .replace(
                        "sites/loft/nodes.yaml",
                        "    mounts:\n",
                        "    api: {url: \"https://pve.example:8006\"}\n    mounts:\n");
        world = new LabWithService(folder, folder.resolve("world-contracts"), 4).world();
        wiring = WiringFile.write(world.wiring(), folder.resolve("wiring.json"));
        contracts = Files.createDirectories(folder.resolve("contracts"));
    }

    @AfterEach
    void over() {
        world.close();
    }

    @Test
    void everyCommandLeadsFromNothingToASiteThatIsWatchedAndTellsWhatItLacksToBeArmed() throws Exception {
        List<String> lines = new ArrayList<>(ShownCommands.of(Path.of("src/docs/first-hour.md")));
        int serve = lines.indexOf("serve");
        assertThat(serve).isPositive();
        Typist before = Typist.at(FreePort.onLoopback(), folder, contracts);
        for (String line : lines.subList(0, serve)) {
            if (line.startsWith("site ") && Files.exists(contracts.resolve("sites"))) {
                anew();
            }
            Typed typed = before.types(atThisWorld(line));
            assertThat(typed.code())
                    .as(line + "\n" + typed.out() + typed.err())
                    .isIn(line.equals("doctor") ? List.of(Exit.WELL, Exit.REFUSED) : List.of(Exit.WELL));
        }
        LabWithService lab = new LabWithService(folder, contracts, 4);
        try (Service service = lab.service(world)) {
            Typist typist = Typist.at(service, folder, contracts);
            List<String> later = new ArrayList<>(lines.subList(serve + 1, lines.size()));
            later.addAll(ShownCommands.of(Path.of("src/docs/first-drill.md")));
            later.removeIf(line -> line.equals("rehearse loft"));
            for (String line : later) {
                Typed typed = typist.types(line);
                assertThat(typed.code())
                        .as(line + "\n" + typed.out() + typed.err())
                        .isIn(
                                line.startsWith("forecast")
                                        ? List.of(Exit.WELL)
                                        : List.of(Exit.WELL, Exit.REFUSED, Exit.INCOMPLETE));
            }
            assertThat(typist.types("arm loft").err()).contains("loft was never rehearsed", "rehearse loft");
        }
    }

    /** Each of the three ways to make a folder begins without one. */
    private void anew() throws IOException {
        try (Stream<Path> files = Files.walk(contracts.resolve("sites"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private String atThisWorld(String line) {
        return line.startsWith("site discover")
                ? line + " --lab-world " + wiring
                : line.replace("site import bindings", "site import " + Path.of("src/test/resources/bindings"));
    }
}
