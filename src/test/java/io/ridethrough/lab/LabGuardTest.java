package io.ridethrough.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The guard in a JVM of its own, started as the product's jar is, in a network namespace of its own, with strace as the
 * witness of what really left it.
 */
class LabGuardTest {
    private static final Pattern DESTINATION =
            Pattern.compile("(?:inet_addr\\(|inet_pton\\(AF_INET6, )\"([0-9a-fA-F.:]+)\"");

    @TempDir
    private Path folder;

    /** The JDK of this test and, where there is one, the newest other one of this machine. */
    static Stream<Path> jdks() throws IOException {
        Path own = Path.of(System.getProperty("java.home"));
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Stream.of(own);
        }
        try (Stream<Path> found = Files.list(all)) {
            Optional<Path> newest = found.filter(jdk -> Files.isExecutable(jdk.resolve("bin/java")))
                    .filter(jdk -> release(jdk) > Runtime.version().feature())
                    .max((a, b) -> Integer.compare(release(a), release(b)));
            return Stream.concat(Stream.of(own), newest.stream());
        }
    }

    private static int release(Path jdk) {
        Matcher number = Pattern.compile("-(\\d+)").matcher(jdk.getFileName().toString());
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void armedEveryWayOutIsRefusedAndNothingLeavesTheMachine(Path jdk) throws Exception {
        RealClients.Said said = probe(jdk, "armed");
        assertThat(said.out().lines())
                .as(said.err())
                .contains(
                        "asynchronous-channel: refused",
                        "connected-datagram-channel: refused",
                        "datagram-channel: refused",
                        "datagram-socket-broadcast: refused",
                        "http-client: refused",
                        "look-up: refused",
                        "loopback: went",
                        "socket-channel: refused",
                        "socket: refused",
                        "reverse: 192.0.2.1",
                        "violations: connect 192.0.2.1:22, connect 192.0.2.1:80, connect 192.0.2.1:9, look-up away.example,"
                                + " send 192.0.2.1:9, send 255.255.255.255:9",
                        "not armed: -");
        assertThat(said.err()).contains("this lab run has failed");
        assertThat(destinations()).isNotEmpty().allMatch(LabGuardTest::isLoopback);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void notArmedItChangesNothing(Path jdk) throws Exception {
        RealClients.Said said = probe(jdk, "open");
        assertThat(said.out()).doesNotContain("refused").contains("loopback: went", "violations: \n");
        assertThat(destinations()).contains("255.255.255.255", "192.0.2.1");
    }

    @Test
    void aJvmWithoutTheAgentRefusesToBeArmed() {
        assertThat(LabGuard.whyNotArmed()).contains("the lab guard is not armed");
        assertThatThrownBy(LabGuard::arm)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No lab is run without it");
    }

    private RealClients.Said probe(Path jdk, String how) throws IOException {
        List<String> command = new ArrayList<>(List.of("unshare", "--map-root-user", "--net", "sh", "-c"));
        command.add("ip link set lo up && exec strace -f -e trace=network -o " + folder.resolve("trace") + " "
                + jdk.resolve("bin/java") + " -Xmx128m -jar " + AgentJar.in(folder, GuardProbe.class.getName()) + " "
                + how);
        return RealClients.run(command).join();
    }

    /** Every address that a system call of the JVM named as a destination. */
    private List<String> destinations() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("trace"))) {
            return lines.filter(line -> line.matches(".*\\b(connect|sendto|sendmsg|sendmmsg)\\(.*"))
                    .flatMap(line -> DESTINATION.matcher(line).results())
                    .map(found -> found.group(1).replace("::ffff:", ""))
                    .toList();
        }
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("::1");
    }
}
