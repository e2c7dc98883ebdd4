package io.ridethrough.realparts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;

/**
 * A real machine under QEMU, all of it emulated: it boots a kernel, has a disk that survives it, a network card at a tap
 * of ours, and a power button, which is pressed through QMP. What its console says goes to a file.
 */
public final class QemuMachine implements AutoCloseable {
    private static final Path BUILD = Path.of("src/test/machine/build.sh");

    private final Path parts;
    private final Path disk;
    private final Path console;
    private final Path control;
    private final int megabytes;
    private final List<String> network;
    private final String kernelWords;
    private Optional<Process> process = Optional.empty();

    /**
     * A machine that is off.
     *
     * @param parts where its kernel and RAM disk are
     * @param disk its disk
     * @param folder where its console and its control go
     * @param megabytes of memory
     * @param network QEMU's words for its network cards
     * @param kernelWords what its kernel is told
     */
    public QemuMachine(Path parts, Path disk, Path folder, int megabytes, List<String> network, String kernelWords) {
        this.parts = parts;
        this.disk = disk;
        this.console = folder.resolve("console.log");
        this.control = folder.resolve("control");
        this.megabytes = megabytes;
        this.network = List.copyOf(network);
        this.kernelWords = kernelWords;
    }

    /**
     * The same with one network card.
     *
     * @param tap the network interface at which it is plugged in
     * @param address its own, with the length of its network
     */
    public QemuMachine(Path parts, Path disk, Path folder, String tap, String address) {
        this(
                parts,
                disk,
                folder,
                1024,
                List.of(
                        "-netdev",
                        "tap,id=net,ifname=" + tap + ",script=no,downscript=no",
                        "-device",
                        "virtio-net-pci,netdev=net"),
                "address=" + address);
    }

    /** Fetches its kernel, once. */
    public static void fetch(Path parts) throws IOException, InterruptedException {
        build(parts.toString());
    }

    /** Makes a disk with this Java and that folder as {@code /app}, over the one that was there. */
    public static Path disk(Path parts, Path app) throws IOException, InterruptedException {
        build(parts.toString(), app.toString());
        return parts.resolve("disk.img");
    }

    private static void build(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(BUILD.toString()));
        command.addAll(List.of(arguments));
        run(command);
    }

    /** Runs what builds a machine to its end. */
    static void run(List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("machine", ".log");
        Process build = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (build.waitFor() != 0) {
            throw new IOException("the machine could not be built: " + Files.readString(log));
        }
        Files.delete(log);
    }

    /** What boots it, for whoever starts it in the place of {@link #on}. */
    public List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                "qemu-system-x86_64",
                "-M",
                "pc",
                "-accel",
                "tcg,thread=multi",
                "-smp",
                "2",
                "-m",
                Integer.toString(megabytes),
                "-nodefaults",
                "-display",
                "none",
                "-no-reboot",
                "-serial",
                "stdio",
                "-qmp",
                "unix:" + control + ",server=on,wait=off",
                "-kernel",
                parts.resolve("vmlinuz").toString(),
                "-initrd",
                parts.resolve("initrd.gz").toString(),
                "-append",
                "console=ttyS0 quiet " + kernelWords,
                "-drive",
                "file=" + disk + ",format=raw,if=virtio,cache=directsync"));
        command.addAll(network);
        return command;
    }

    /** Power comes: it boots. */
    public void on() throws IOException {
        Files.deleteIfExists(control);
        process = Optional.of(new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
                .start());
    }

    /** Where QMP is spoken with it. */
    Path control() {
        return control;
    }

    public boolean isOn() {
        return process.filter(Process::isAlive).isPresent();
    }

    /** Its processors stop where they are, and go on at {@link #thaw()}: to others it hangs. */
    public void freeze() {
        tell("stop");
    }

    public void thaw() {
        tell("cont");
    }

    /** As ACPI tells it: its system decides what comes of it. */
    public void pressPowerButton() {
        tell("system_powerdown");
    }

    private void tell(String word) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(control));
            Scanner said = new Scanner(channel, StandardCharsets.UTF_8);
            said.nextLine();
            for (String command : List.of("qmp_capabilities", word)) {
                channel.write(StandardCharsets.UTF_8.encode("{\"execute\": \"" + command + "\"}\n"));
                String answer = said.nextLine();
                while (answer.contains("\"event\"")) {
                    answer = said.nextLine();
                }
                if (answer.contains("\"error\"")) {
                    throw new IllegalStateException(command + ": " + answer);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(word, e);
        }
    }

    /** What its console has said in all its lives. */
    public String console() {
        try {
            return Files.exists(console) ? Files.readString(console, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pulls its plug. */
    @Override
    public void close() {
        process.ifPresent(one -> {
            one.destroyForcibly();
            one.onExit().join();
        });
    }
}
