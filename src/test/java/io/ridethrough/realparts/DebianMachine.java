package io.ridethrough.realparts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A real machine under QEMU with Debian on its disk: systemd, sshd, an NFS server and PostgreSQL, which are off until they
 * are wanted. Its sshd stands at a port of 127.0.0.1; between machines of one {@code lan} there is a network that no packet
 * leaves. Needs root, {@code qemu-system-x86}, {@code mmdebstrap} and {@code busybox-static}.
 */
public final class DebianMachine implements AutoCloseable {
    /** As long as a machine may take to boot beside others: all of it is emulated. */
    private static final Duration BOOT = Duration.ofMinutes(5);

    private static final Path PARTS = Path.of("target/debian");

    private final Path disk;
    private final QemuMachine machine;
    private final int port;

    /**
     * A machine that is off.
     *
     * @param folder for its disk and its console
     * @param lan a number between 1024 and 65535 that machines share which see one another
     * @param host its number there: 10.77.0.{@code host}
     * @param port of 127.0.0.1, where its sshd stands
     */
    public DebianMachine(Path folder, int lan, int host, int port) {
        this.port = port;
        this.disk = folder.resolve("disk.img");
        try {
            QemuMachine.run(List.of("src/test/machine/debian.sh", PARTS.toString()));
            Files.createDirectories(folder);
            QemuMachine.run(
                    List.of("cp", "--sparse=always", PARTS.resolve("disk.img").toString(), disk.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        this.machine = new QemuMachine(
                PARTS,
                disk,
                folder,
                512,
                List.of(
                        "-netdev",
                        "user,id=us,restrict=on,hostfwd=tcp:127.0.0.1:" + port + "-:22",
                        "-device",
                        "virtio-net-pci,netdev=us",
                        "-netdev",
                        "socket,id=lan,mcast=230.0.0.1:" + lan + ",localaddr=127.0.0.1",
                        "-device",
                        "virtio-net-pci,netdev=lan,mac=52:54:00:77:00:%02x".formatted(host)),
                "net.ifnames=0 address=10.77.0." + host + "/24");
    }

    /** The private key with which root logs in. */
    public static Path identity() {
        return PARTS.resolve("key");
    }

    /** Where its sshd stands on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Its disk, which is whole and the test's to read while it is off. */
    public Path disk() {
        return disk;
    }

    /** What pins it, under the address by which tests declare it. */
    public static String knownHostsLine(String address) {
        try {
            String[] key = Files.readString(PARTS.resolve("host_key.pub")).split(" ", 3);
            return address + " " + key[0] + " " + key[1] + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Power comes: it has booted, whatever came of it, when this returns. */
    public DebianMachine boot() {
        on();
        booted();
        return this;
    }

    /** Power comes; nothing is waited for. */
    public void on() {
        try {
            machine.on();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has come to the end of its boot. */
    public void booted() {
        Until.holds(() -> asked("systemctl is-system-running --wait || true").isPresent(), BOOT, machine::console);
    }

    QemuMachine hardware() {
        return machine;
    }

    public boolean isOn() {
        return machine.isOn();
    }

    public void pressPowerButton() {
        machine.pressPowerButton();
    }

    /** It hangs, as all that it serves does. */
    public void freeze() {
        machine.freeze();
    }

    public void thaw() {
        machine.thaw();
    }

    /** Its own way down and up again. */
    public void reboot() {
        machine.pressPowerButton();
        Until.holds(() -> !machine.isOn(), BOOT, machine::console);
        boot();
    }

    /** What a person types there, as root; its output. */
    public String types(String shell) {
        return asked(shell).orElseThrow(() -> new AssertionError("no answer to " + shell + "\n" + machine.console()));
    }

    /** Writes a file of its own. */
    public void writes(String path, String content) {
        types("mkdir -p $(dirname " + path + ") && cat > " + path + " <<'END'\n" + content.strip() + "\nEND");
    }

    /** Empty where its sshd does not answer. */
    private Optional<String> asked(String shell) {
        List<String> command = new ArrayList<>(
                List.of("timeout", "600", "ssh", "-q", "-i", identity().toString()));
        for (String option : List.of(
                "StrictHostKeyChecking=no",
                "UserKnownHostsFile=/dev/null",
                "IdentitiesOnly=yes",
                "BatchMode=yes",
                "ConnectTimeout=5",
                "ServerAliveInterval=20")) {
            command.add("-o");
            command.add(option);
        }
        command.addAll(List.of("-p", Integer.toString(port), "root@127.0.0.1", "cd /\nset -e\n" + shell));
        try {
            Process ssh = new ProcessBuilder(command).redirectErrorStream(true).start();
            ssh.getOutputStream().close();
            String out = new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return ssh.waitFor() == 0 ? Optional.of(out) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Pulls its plug. */
    @Override
    public void close() {
        machine.close();
    }
}
