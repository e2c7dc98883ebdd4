package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ridethrough.contract.WakeWay.WakeOnLan;
import io.ridethrough.realparts.QemuMachine;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.wake.WakeCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Magic packets in the kernel's own networks (protocols 10): a machine that is off, whose card has no address and heeds
 * only a broadcast frame with its own MAC; a helper beside it; and us, behind a router. All in namespaces made here.
 */
@Timeout(120)
class WakeOnLanAcrossNetworksTest {
    private static final String MAC = "02:00:5e:10:00:03";
    private static final String BOOTED = "machine: has booted";
    private static final WakeOnLan WAY = new WakeOnLan(List.of(MAC), "192.0.2.255", 9);

    /** The card: every frame with a magic packet for it is written down, and what it makes of it: at most, it boots. */
    private static final String CARD = """
            import os, socket, sys
            own = bytes.fromhex(sys.argv[2].replace(':', ''))
            card = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.ntohs(3))
            card.bind((sys.argv[1], 0))
            print('listens', flush=True)
            while True:
                frame = card.recv(2000)
                if b'\\xff' * 6 + own * 16 not in frame:
                    if b'\\xff' * 6 + own[:3] in frame:
                        print('not for it', flush=True)
                    continue
                src = frame[6:12].hex(':')
                if frame[:6] == b'\\xff' * 6:
                    print('woken by', src, flush=True)
                    if len(sys.argv) > 3:
                        os.execvp(sys.argv[3], sys.argv[3:])
                else:
                    print('no broadcast, from', src, flush=True)
            """;

    /** A packet that lacks the last of the sixteen addresses. */
    private static final String TOO_SHORT = """
            import socket, sys
            out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            out.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            out.sendto(b'\\xff' * 6 + bytes.fromhex(sys.argv[1].replace(':', '')) * 15, ('192.0.2.255', 9))
            """;

    /** What the tool of this name does. */
    private static final String WAKEONLAN = """
            #!/usr/bin/env python3
            import socket, sys
            to, port, macs = sys.argv[2], int(sys.argv[4]), sys.argv[5:]
            out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            out.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            for mac in macs:
                out.sendto(b'\\xff' * 6 + bytes.fromhex(mac.replace(':', '')) * 16, (to, port))
            """;

    @TempDir
    Path folder;

    private final String tag = "w" + ProcessHandle.current().pid() % 100000;
    private final List<Process> listeners = new ArrayList<>();

    @BeforeEach
    void layNetworks() throws Exception {
        assumeThat(run("ip", "netns", "add", tag + "r"))
                .as("network namespaces can be made here")
                .isZero();
        for (String one : List.of("h", "p", "t")) {
            must("ip", "netns", "add", tag + one);
        }
        in("r", "ip link add br0 type bridge");
        in("r", "ip addr add 192.0.2.1/24 broadcast + dev br0");
        in("r", "ip link set br0 up");
        in("r", "sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'");
        cable("h", "198.51.100.7/24");
        in("r", "ip addr add 198.51.100.1/24 dev " + tag + "hr");
        in("h", "ip route add default via 198.51.100.1");
        cable("p", "192.0.2.5/24");
        in("r", "ip link set " + tag + "pr master br0");
        in("p", "ip route add default via 192.0.2.1");
        cable("t", "");
        in("t", "ip link set " + tag + "t address " + MAC);
        in("r", "ip link set " + tag + "tr master br0");
        Files.writeString(folder.resolve("card.py"), CARD);
        Path tool = Files.writeString(folder.resolve("wakeonlan"), WAKEONLAN);
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        listen("t");
        listen("p");
    }

    @AfterEach
    void takeThemAway() throws Exception {
        listeners.forEach(Process::destroyForcibly);
        for (String one : List.of("h", "p", "t", "r")) {
            run("ip", "netns", "del", tag + one);
        }
    }

    @Test
    void wakesAMachineOfItsOwnNetwork() throws Exception {
        assertThat(send("p", WAY)).contains("Away");

        Until.holds(() -> heard("t").contains("woken by"), Duration.ofSeconds(10), () -> heard("t"));
    }

    @Test
    void wakesNobodyBehindARouterUntilTheHelperSendsIt() throws Exception {
        assertThat(send("h", WAY))
                .as("handed to the network, which is all that can be said")
                .contains("Away");
        assertThat(send("h", new WakeOnLan(List.of(MAC), "192.0.2.5", 9))).contains("Away");
        Until.holds(() -> heard("p").contains("no broadcast"), Duration.ofSeconds(10), () -> heard("p"));
        assertThat(heard("t"))
                .as("the router passes packets on, but no broadcast")
                .doesNotContain("woken");

        must(
                "ip",
                "netns",
                "exec",
                tag + "p",
                "sh",
                "-c",
                "PATH=" + folder + ":$PATH " + WakeCommand.of(WAY).line());

        Until.holds(() -> heard("t").contains("woken by " + card("p")), Duration.ofSeconds(10), () -> heard("t"));
    }

    @Test
    void wakesNobodyWithTheMacOfAnother() throws Exception {
        assertThat(send("p", new WakeOnLan(List.of("02:00:5e:10:00:04"), "192.0.2.255", 9)))
                .contains("Away");

        Until.holds(() -> heard("t").contains("not for it"), Duration.ofSeconds(10), () -> heard("t"));
        assertThat(heard("t")).doesNotContain("woken");
    }

    /**
     * The machine is a real one under QEMU, which the card starts as a mainboard does. Needs {@code qemu-system-x86},
     * {@code busybox-static} and Debian's mirror for its kernel, once.
     */
    @Test
    @Tag("machines")
    @Timeout(900)
    void aRealMachineBootsByAWholePacketOfItsOwnNetworkAndByNothingElse() throws Exception {
        Path parts = Path.of("target/machine");
        QemuMachine.fetch(parts);
        QemuMachine machine = new QemuMachine(parts, disk(), folder, 256, List.of(), "");
        listen("t", "machine", machine.command());

        must("ip", "netns", "exec", tag + "p", "python3", "-c", TOO_SHORT, MAC);
        Until.holds(() -> heard("machine").contains("not for it"), Duration.ofSeconds(30), () -> heard("machine"));
        assertThat(send("h", WAY)).contains("Away");
        assertThat(send("h", new WakeOnLan(List.of(MAC), "192.0.2.5", 9))).contains("Away");
        Until.holds(() -> heard("p").contains("no broadcast"), Duration.ofSeconds(30), () -> heard("p"));
        assertThat(heard("machine")).doesNotContain("woken").doesNotContain(BOOTED);

        must(
                "ip",
                "netns",
                "exec",
                tag + "p",
                "sh",
                "-c",
                "PATH=" + folder + ":$PATH " + WakeCommand.of(WAY).line());

        Until.holds(() -> heard("machine").contains(BOOTED), Duration.ofMinutes(10), () -> heard("machine"));
        assertThat(heard("machine")).contains("woken by " + card("p"));
    }

    /** A system that says on its console that it is there, and ends. */
    private Path disk() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root"));
        for (String one : List.of("bin", "dev", "proc", "sys")) {
            Files.createDirectories(root.resolve(one));
        }
        Files.copy(Path.of("/usr/bin/busybox"), root.resolve("bin/busybox"));
        Path init = Files.writeString(
                root.resolve("init"),
                "#!/bin/busybox sh\n/bin/busybox echo '" + BOOTED + "'\n/bin/busybox poweroff -f\n");
        for (Path program : List.of(root.resolve("bin/busybox"), init)) {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path disk = folder.resolve("disk.img");
        must("/usr/sbin/mke2fs", "-q", "-t", "ext4", "-d", root.toString(), disk.toString(), "16M");
        return disk;
    }

    /** A card in its own namespace, which may have no address, and its other end at the router. */
    private void cable(String to, String address) throws Exception {
        String near = tag + to;
        must(
                "ip",
                "link",
                "add",
                near,
                "netns",
                tag + to,
                "type",
                "veth",
                "peer",
                "name",
                near + "r",
                "netns",
                tag + "r");
        in("r", "ip link set " + near + "r up");
        if (!address.isEmpty()) {
            in(to, "ip addr add " + address + " broadcast + dev " + near);
        }
        in(to, "ip link set " + near + " up");
    }

    private String card(String of) {
        try {
            Process told = new ProcessBuilder(
                            "ip", "netns", "exec", tag + of, "cat", "/sys/class/net/" + tag + of + "/address")
                    .start();
            return new String(told.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen(String where) throws IOException {
        listen(where, where, List.of());
    }

    /** @param boots what a packet for it starts in its place */
    private void listen(String where, String name, List<String> boots) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                tag + where,
                "python3",
                folder.resolve("card.py").toString(),
                tag + where,
                MAC));
        command.addAll(boots);
        listeners.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("heard." + name).toFile())
                .start());
        Until.holds(() -> heard(name).contains("listens"), Duration.ofSeconds(20), () -> heard(name));
    }

    private String heard(String where) {
        try {
            return Files.readString(folder.resolve("heard." + where));
        } catch (IOException e) {
            return "";
        }
    }

    /** The product's own sender, in a process in that namespace. */
    private String send(String where, WakeOnLan way) throws Exception {
        Path said = folder.resolve("said");
        List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", tag + where));
        line.addAll(ChildJvm.line(SendsMagicPackets.class, way.macs().get(0), way.broadcast(), way.port()));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(said);
    }

    private void in(String where, String command) throws Exception {
        must("ip", "netns", "exec", tag + where, "sh", "-c", command);
    }

    private void must(String... command) throws Exception {
        assertThat(run(command)).as(Arrays.toString(command)).isZero();
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
