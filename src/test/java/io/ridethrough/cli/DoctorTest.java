package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.FakeContracts;
import io.ridethrough.lab.net.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor names what is wrong with an installation and what to do, and leaves everything as it is. */
final class DoctorTest {
    @TempDir
    Path folder;

    private Path config = Path.of("unset");

    @BeforeEach
    void install() throws IOException {
        config = TwoSites.write(folder, FreePort.onLoopback(), 9, 9);
    }

    @Test
    void aSoundInstallationIsWellAndTheNextCommandIsCheck() throws IOException {
        Typed typed = doctor();

        assertThat(typed.code()).as(typed.out()).isEqualTo(Exit.WELL);
        assertThat(typed.out())
                .contains("well   Java ", "well   SQLite ", "well   contracts of [pier, quay]", "well   time zone ")
                .endsWith("Next: ridethrough check\n");
        assertThat(folder.resolve(".ridethrough")).doesNotExist();
    }

    @Test
    void saysWhereHeadsOfReceiptsAreKeptOrThatTheyAreNowhere() throws IOException {
        assertThat(doctor().out())
                .contains("well   the key that signs receipts is made at the first start")
                .contains("weak   the heads of receipts are kept nowhere else", "set ridethrough.receipts.anchor");

        Files.writeString(
                config,
                "\nridethrough.receipts.anchor = " + folder.resolve("heads.jsonl") + "\n",
                java.nio.file.StandardOpenOption.APPEND);
        assertThat(doctor().out())
                .contains("well   the heads of receipts are kept in " + folder.resolve("heads.jsonl"));

        Files.writeString(
                config,
                "\nridethrough.receipts.anchor = " + folder.resolve("not-mounted/heads.jsonl") + "\n",
                java.nio.file.StandardOpenOption.APPEND);
        assertThat(doctor().out()).contains("weak   the heads of receipts cannot be kept in ", "caught up with");
    }

    @Test
    void contractsThatAreNotValidAreNamed() throws IOException {
        Files.writeString(folder.resolve("contracts/sites/quay/network.yaml"), "devices: [{idd: x}]\n");

        Typed typed = doctor();

        assertThat(typed.code()).isEqualTo(Exit.REFUSED);
        assertThat(typed.out()).contains("WRONG  the contracts in", "type: ridethrough check", "Nothing was changed.");
    }

    @Test
    void noContractsAtAllLeadToANewSite() throws IOException {
        Files.writeString(config, "\nridethrough.contracts = none\n", java.nio.file.StandardOpenOption.APPEND);

        assertThat(doctor().out()).contains("WRONG  ", "no such folder", "begin with: ridethrough site new SITE");
    }

    @Test
    void aTakenPortRoutesThatAreNotThereAndAnOpenStateFolderAreNamed() throws IOException {
        Path home = Files.createDirectories(folder.resolve(".ridethrough"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    config,
                    "\nridethrough.routes = none\nridethrough.http.port = " + taken.getLocalPort() + "\n",
                    java.nio.file.StandardOpenOption.APPEND);

            Typed typed = doctor();

            assertThat(typed.out())
                    .contains("weak   port 127.0.0.1:" + taken.getLocalPort(), "WRONG  no routes are in ")
                    .contains("WRONG  others may use the state folder", "chmod 700 ");
        }
        assertThat(home).isEmptyDirectory();
    }

    /** R9: what is written down must not be gone with the power, nor lie on a disk that goes down first. */
    @Test
    void aStateFolderThatForgetsOrLiesElsewhereIsNamed() {
        assertThat(StateCheck.fileSystem("tmpfs", folder).verdict()).isEqualTo(Symptom.Verdict.WEAK);
        assertThat(StateCheck.fileSystem("nfs4", folder).wrong()).isTrue();
        assertThat(StateCheck.fileSystem("ext4", folder).toDo()).isEmpty();
    }

    @Test
    void aClockThatWasResetAndAZoneThatIsNoneAreNamed() {
        Instant now = Instant.parse("2026-05-01T10:00:00Z");

        assertThat(MachineCheck.clock(now, now.minusSeconds(5)).wrong()).isFalse();
        assertThat(MachineCheck.clock(now, now.plusSeconds(3600)).what()).contains("was written at 2026-05-01T11");
        assertThat(MachineCheck.clock(Instant.parse("1970-01-02T00:00:00Z"), Instant.EPOCH)
                        .toDo())
                .contains("NTP");
        assertThat(MachineCheck.zone("Mars/Olympus").what()).contains("\"Mars/Olympus\" is not known");
    }

    @Test
    void everyDeclaredSecretMustBeThereForItsOwnerAlone() throws IOException {
        Home home = new Home(folder);
        List<Symptom> missing = SecretCheck.of(FakeContracts.attic(), home);
        assertThat(missing).allMatch(Symptom::wrong).hasSizeGreaterThan(1);

        Path secret = folder.resolve("secrets/ssh/attic");
        Files.createDirectories(folder.resolve("secrets/ssh"));
        Files.writeString(secret, "key");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(SecretCheck.of(FakeContracts.attic(), home).toString()).contains("chmod 600 " + secret);

        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(home.knownHosts(), "");
        assertThat(SecretCheck.of(FakeContracts.attic(), home))
                .contains(Symptom.well("secret ssh/attic is there and its owner's alone"))
                .contains(Symptom.well("known hosts in " + home.knownHosts()));
    }

    @Test
    void aSourceThatDoesNotAnswerIsNamedWhenAskedFor() {
        List<Symptom> dead = SourceCheck.of(FakeContracts.attic(), address -> {
            throw new IOException("refused");
        });

        assertThat(dead).isNotEmpty().allMatch(Symptom::wrong);
        assertThat(dead.toString()).contains("broker tcp://", "does not answer: refused");
        assertThat(SourceCheck.of(FakeContracts.attic(), address -> {})).noneMatch(Symptom::wrong);
    }

    private Typed doctor() {
        return Typed.of("doctor", "--config", config);
    }
}
