package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.realparts.QemuMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service in a real machine: a kernel that boots, an ACPI power button, a disk that must be whole after it, a boot id
 * of the kernel's own, and hosts at their declared addresses. R28..R32 on it, at the speed of real time (5 minutes):
 *
 * <pre>mvn -B test -Dtest=ServiceInAGuestTest -Dgroups=machines -DexcludedGroups=</pre>
 *
 * <p>As root, with Debian's {@code qemu-system-x86}, {@code busybox-static} and {@code nftables}. Its packets stay in a
 * network namespace that this test makes.
 */
@Tag("machines")
final class ServiceInAGuestTest {
    private static final Path CONTRACTS = Path.of("src/test/resources/contracts/mill");

    @TempDir
    Path folder;

    @Test
    @Timeout(1200)
    void isEndedByTheShutdownItRunsAndFinishesItWhenItsMachineBootsAgain() throws Exception {
        Path declared = ChangedFolder.of(CONTRACTS, folder.resolve("contracts"))
                .replace(
                        "sites/mill/guests.yaml",
                        "start: always, grace: 20s, stop-takes: 5s",
                        "start: always, grace: 60s, stop-takes: 30s")
                .path();
        QemuMachine.fetch(ServiceInAGuest.PARTS);
        Path log = folder.resolve("story.log");
        Process story = ChildJvm.start(
                log,
                Stream.concat(
                                Stream.of("unshare", "--net", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh"),
                                ChildJvm.JAVA.stream())
                        .toList(),
                ServiceInAGuest.class,
                folder,
                declared);
        int end = story.waitFor();

        assertThat(end).as(Files.readString(log)).isZero();
        System.out.println(String.join("\n", Files.readAllLines(log)));
    }
}
