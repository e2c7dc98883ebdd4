package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.FakeContracts;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.WiringFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lab stands for an unknown site: what answers becomes a folder, and later only the drift is shown. */
final class SiteDiscoverTest {
    @TempDir
    Path folder;

    @Test
    void whatAnswersBecomesAFolderThatPassesCheckAndThenOnlyTheDriftIsShown() throws Exception {
        var attic = FakeContracts.atticWithApi();
        var node = attic.interfaces().entrySet().iterator().next();
        try (LabWorld world = LabWorld.start(attic, new LabOptions(1, folder.resolve("world")))) {
            Path wiring = WiringFile.write(world.wiring(), folder.resolve("wiring.json"));
            Path contracts = Files.createDirectories(folder.resolve("contracts"));
            Object[] line = {
                "site",
                "discover",
                "unknown",
                "--contracts",
                contracts,
                "--proxmox",
                node.getValue().url(),
                "--token",
                node.getValue().secret(),
                "--lab-world",
                wiring
            };

            Typed first = Typed.of(line);
            assertThat(first.code()).as(first.err()).isEqualTo(Exit.WELL);
            Typed checked = Typed.of("check", contracts);
            assertThat(checked.code()).as(checked.out()).isEqualTo(Exit.WELL);

            Typed again = Typed.of(line);
            assertThat(again.code()).as(again.out()).isEqualTo(Exit.WELL);
            assertThat(again.out()).contains("No drift", "Nothing was written.");

            Path guests = contracts.resolve("sites/unknown/guests.yaml");
            String said = Files.readString(guests).replaceFirst("onboot: true", "onboot: false");
            Files.writeString(guests, said);
            Typed changed = Typed.of(line);
            assertThat(changed.code()).isEqualTo(Exit.INCOMPLETE);
            assertThat(changed.out())
                    .contains("onboot is declared false, seen true", "1 difference between")
                    .hasLineCount(2);
            assertThat(guests).hasContent(said);
        }
    }

    /** A mistake is told before anybody is asked. */
    @ParameterizedTest
    @CsvSource({
        "--proxmox=http://127.0.0.1:8006, is no address of an interface",
        "--proxmox=node, is no address of an interface",
        "--unifi=https:///, is no address of an interface",
        "--nut=127.0.0.1:port, is no server",
        "--nut=a b, is no server",
        "--token=some, say whom to ask",
    })
    void whoIsToBeAskedIsSaidRightly(String option, String wrong) throws Exception {
        Path contracts = Files.createDirectories(folder.resolve("contracts"));

        Typed typed = Typed.of("site", "discover", "unknown", "--contracts", contracts, option);

        assertThat(typed.code()).isEqualTo(Exit.REFUSED);
        assertThat(typed.err()).contains(wrong).doesNotContain("\tat ");
        assertThat(contracts).isEmptyDirectory();
    }
}
