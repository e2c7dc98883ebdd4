package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Contracts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R33: the contracts' folder changes while the process is dead in mid-run, really killed, over real SSH. */
final class ChangedContractsTest {
    private static final double SPEED = 20;

    @TempDir
    Path folder;

    private Path contracts;
    private Path guests;

    @BeforeEach
    void aFolderThatCanBeChanged() throws IOException {
        contracts = folder.resolve("contracts");
        guests = contracts.resolve("sites/attic/guests.yaml");
        QuickAttic.in(contracts);
    }

    /** R33: graces, an address, a guest that is no longer declared, and at last a file that cannot be read at all. */
    @Test
    void goesOnWithTheContractsItWasPlannedWithWhateverTheFolderHoldsSince() throws Exception {
        Contracts planned = new ContractFolder(contracts).contracts();
        try (KilledStory story = new KilledStory(ChildJvm.JAVA, folder, contracts, SPEED)) {
            story.diesAt(Boundary.parse("intention:1:after"));
            change("192.0.2.20", "192.0.2.99");
            change("grace: 5m", "grace: 1s");
            change("""
                      - id: cameras
                        kind: vm
                        vmid: 104
                        runs-on: pve2
                        domain: iot
                        needs: [core, media]
                    """, "");
            Path backup = guests.resolveSibling("backup.yaml");
            Files.writeString(backup, Files.readString(backup).replace(", cameras]", "]"));
            Contracts now = new ContractFolder(contracts).contracts();
            story.diesAt(Boundary.parse("intention:1:before"));
            change("guests:", "guests: [");
            story.endsWell();

            story.judge();
            assertThat(story.receipts().get(0).path("contracts").asText()).isEqualTo(planned.digest());
            assertThat(story.receipts().get(0).path("contracts-changed").asText())
                    .contains("planned with contracts " + planned.digest().substring(0, 12))
                    .contains("folder now cannot be read")
                    .contains("goes on with those it was planned with");
            assertThat(story.said(1)).contains("folder now " + now.digest());
        }
    }

    private void change(String from, String to) throws IOException {
        String text = Files.readString(guests);
        assertThat(text).contains(List.of(from));
        Files.writeString(guests, text.replace(from, to));
    }
}
