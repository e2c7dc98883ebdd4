package io.ridethrough.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with controls is said when contracts are read, with everything else that is wrong. */
final class ControlsAtLoadTest {
    private static final String CONTROL = """
            controls:
              - id: one
                title: t
                why: w
                severity: low
                applies-to: node
                probe: {ask: storages}
                expect: %s
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seen.unwel.size() == 0            | 8:13 | seen.unwel",
                "asset.wake_ways > 0 && asset.vmid > 1 | 8:36 | asset.vmid",
                "asset.wake_ways > ''none''        | 8:29 | _>_",
                "asset.wake_ways                   | 8:18 | bool",
                "asset.wake_ways >                 | 8:30 | mismatched input",
            })
    void aSlipInAnExpectationIsAnErrorAtItsPlace(String expect, String place, String what) {
        Loaded loaded = load(CONTROL.formatted(expect.replace("''", "'")));

        assertThat(loaded).isInstanceOf(Loaded.Bad.class);
        assertThat(loaded.render())
                .startsWith("contracts/standard/x.yaml:" + place + ": error: ")
                .contains(what);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        List<SourceFile> files = files(CONTROL.formatted("seen.a == 1"));
        files.add(source("sites/attic/acceptances.yaml", """
                acceptances:
                  - {control: two, asset: pve1, owner: me, reason: r, until: "2027-02-30"}
                """));
        files.add(source(
                "gaps.yaml",
                "gaps:\n  - {gap: 1112, title: t, severity: low}\n  - {gap: 1112, title: u, severity: low}\n"));
        files.add(source("sites/attic/unheard.yaml", "x: 1\n"));

        String said = new ContractLoader(new Cel()).load(files).render();

        assertThat(said)
                .contains(
                        "contracts/standard/x.yaml:8:13: error: control \"one\"",
                        "contracts/sites/attic/acceptances.yaml:2:62: error: there is no such day",
                        "contracts/gaps.yaml:3:11: error: gap 1112 is here twice",
                        "first at contracts/gaps.yaml:2",
                        "unknown file \"unheard.yaml\"",
                        "there is no control \"two\"",
                        "5 errors. Nothing was changed.");
    }

    @Test
    void aControlCannotNameASiteOrAnAsset() {
        String said = load(CONTROL.formatted("'true'") + "    site: attic\n").render();

        assertThat(said).contains("contracts/standard/x.yaml:9:5: error: ", "\"site\"");
    }

    @Test
    void aGateIsOfSomethingThatIsTakenDown() {
        String site = CONTROL.formatted("'true'").replaceAll("applies-to: \\w+", "applies-to: site");
        String said = load(site.replaceAll("ask: [a-z-]+", "ask: contract") + "    gate: {before: shutdown}\n")
                .render();

        assertThat(said).contains("a control of a whole site is no gate");
    }

    /** The shipped standard itself: no word of it is unknown, and no site is named in it. */
    @Test
    void theStandardOfTheProductIsWell() throws IOException {
        List<SourceFile> files = new ArrayList<>(FakeContracts.atticFiles());
        try (Stream<Path> shipped = Files.list(Path.of("contracts/standard"))) {
            for (Path file : shipped.sorted().toList()) {
                files.add(new SourceFile("standard/" + file.getFileName(), Files.readAllBytes(file)));
            }
        }

        Loaded loaded = new ContractLoader(new Cel()).load(files);

        assertThat(loaded.render()).isEmpty();
        assertThat(loaded).isInstanceOfSatisfying(Loaded.Ok.class, ok -> assertThat(
                        ok.contracts().standard().controls())
                .hasSizeGreaterThanOrEqualTo(39));
    }

    static Loaded load(String standard) {
        return new ContractLoader(new Cel()).load(files(standard));
    }

    static List<SourceFile> files(String standard) {
        List<SourceFile> files = new ArrayList<>(FakeContracts.atticFiles());
        files.add(source("standard/x.yaml", standard));
        return files;
    }

    static SourceFile source(String path, String text) {
        return new SourceFile(path, text.getBytes(StandardCharsets.UTF_8));
    }
}
