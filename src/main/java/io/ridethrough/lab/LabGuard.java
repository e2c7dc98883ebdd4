package io.ridethrough.lab;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guard below all transports of a lab run: once armed, this JVM connects to, sends to and looks up nothing that is
 * not loopback, whichever library asks. It is the jar's launcher agent and does nothing at all until {@link #arm()}.
 *
 * <p>Decision record 0002 says what it covers and what it does not.
 */
public final class LabGuard {
    /** What was refused: when, {@code connect}, {@code send} or {@code look-up}, and where to. */
    public record Violation(Instant at, String what, String destination) {
        @Override
        public String toString() {
            return what + " " + destination;
        }
    }

    /** What the log says of each. */
    public static final String REFUSED =
            "LAB: the guard refused traffic that would have left loopback; this lab run has failed";

    private static final Logger LOG = LoggerFactory.getLogger(LabGuard.class);
    private static final List<Violation> VIOLATIONS = new CopyOnWriteArrayList<>();
    private static @Nullable Instrumentation instrumentation;
    private static boolean installed;
    /** Set while the guard tries itself. */
    private static final ThreadLocal<Boolean> QUIET = ThreadLocal.withInitial(() -> false);

    private static volatile Set<String> localNames = Set.of("localhost");

    private LabGuard() {}

    /** Called by the JVM for {@code Launcher-Agent-Class}; keeps the instrumentation; see {@link QuietProtobuf}. */
    public static void agentmain(String arguments, Instrumentation given) {
        instrumentation = given;
        QuietProtobuf.in(given);
    }

    /** Called by the JVM for {@code -javaagent}. */
    public static void premain(String arguments, Instrumentation given) {
        instrumentation = given;
        QuietProtobuf.in(given);
    }

    /**
     * Arms the guard: when this returns, nothing of this JVM reaches any address but loopback.
     *
     * @throws IllegalStateException when the JVM was not started from the product's jar and so cannot be guarded
     */
    public static synchronized void arm() {
        Instrumentation agent = instrumentation;
        if (agent == null) {
            throw new IllegalStateException(
                    "the lab guard cannot be armed: this JVM was not started with java -jar or -javaagent of the product."
                            + " No lab is run without it.");
        }
        if (System.getProperty("jdk.net.usePlainDatagramSocketImpl") != null) {
            throw new IllegalStateException(
                    "the lab guard does not cover jdk.net.usePlainDatagramSocketImpl: unset it");
        }
        System.setProperty("io.netty.transport.noNative", "true");
        localNames = localNames();
        try (SocketChannel stream = SocketChannel.open();
                DatagramChannel datagrams = DatagramChannel.open()) {
            if (!installed) {
                GuardedJdk.install(agent);
                installed = true;
            }
            BiFunction<String, Object[], @Nullable Object> hook = LabGuard::judge;
            System.getProperties().put(GuardedJdk.HOOK, hook);
            proveItself(stream, datagrams);
        } catch (IOException e) {
            throw new IllegalStateException("the lab guard could not be armed", e);
        }
        VIOLATIONS.clear();
        LOG.atInfo().log("LAB: guard armed, nothing leaves loopback");
    }

    /** Tries to break out, in ways that the kernel refuses too. */
    private static void proveItself(SocketChannel stream, DatagramChannel datagrams) throws IOException {
        InetSocketAddress everybody = new InetSocketAddress("255.255.255.255", 9);
        QUIET.set(true);
        try {
            stream.connect(everybody);
            throw new IllegalStateException("the lab guard lets connections out");
        } catch (ConnectException refused) {
            requireOurs(refused);
        }
        try {
            datagrams.send(ByteBuffer.allocate(1), everybody);
            throw new IllegalStateException("the lab guard lets datagrams out");
        } catch (ConnectException refused) {
            requireOurs(refused);
        } finally {
            QUIET.remove();
        }
    }

    private static void requireOurs(ConnectException refused) {
        String message = refused.getMessage();
        if (message == null || !message.startsWith("LAB guard")) {
            throw new IllegalStateException("the lab guard is not in force", refused);
        }
    }

    /** Ends the guard; what was refused stays on record until the next {@link #arm()}. */
    public static synchronized void disarm() {
        System.getProperties().remove(GuardedJdk.HOOK);
    }

    /** Why the guard is not in force; empty while it is. */
    public static Optional<String> whyNotArmed() {
        return System.getProperties().get(GuardedJdk.HOOK) == null
                ? Optional.of("the lab guard is not armed")
                : Optional.empty();
    }

    /** Everything refused since it was armed. A lab run with any has failed. */
    public static List<Violation> violations() {
        return List.copyOf(VIOLATIONS);
    }

    /** Called from inside the JDK; throws what the JDK's callers expect. */
    private static @Nullable Object judge(String what, Object[] arguments) {
        if (what.equals(GuardedJdk.REVERSE)) {
            return reverse((InetAddress) arguments[0]);
        }
        if (what.equals(GuardedJdk.LOOK_UP)) {
            lookUp((String) arguments[0]);
            return null;
        }
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof InetSocketAddress target && target.getAddress() != null) {
                destination(what, target.getAddress(), target.getPort());
            } else if (arguments[i] instanceof InetAddress address) {
                boolean port = i + 1 < arguments.length && arguments[i + 1] instanceof Integer;
                destination(what, address, port ? (Integer) arguments[i + 1] : 0);
            }
        }
        return null;
    }

    private static void destination(String what, InetAddress address, int port) {
        if (!address.isLoopbackAddress()) {
            String destination = address.getHostAddress() + ":" + port;
            record(what, destination);
            sneak(new ConnectException(refusal(what, destination)));
        }
    }

    private static void lookUp(@Nullable String name) {
        if (name == null || localNames.contains(name)) {
            return;
        }
        record(GuardedJdk.LOOK_UP, name);
        sneak(new UnknownHostException(refusal(GuardedJdk.LOOK_UP, name)));
    }

    /** Never asked of the network: loopback has a name, every other address is its own. */
    private static String reverse(InetAddress address) {
        return address.isLoopbackAddress() ? "localhost" : address.getHostAddress();
    }

    private static String refusal(String what, String destination) {
        return "LAB guard: " + what + " " + destination + " refused, nothing leaves loopback in the lab";
    }

    private static void record(String what, String destination) {
        if (QUIET.get()) {
            return;
        }
        VIOLATIONS.add(new Violation(Instant.now(), what, destination));
        LOG.atError()
                .addKeyValue("destination", destination)
                .addKeyValue("what", what)
                .setCause(new IllegalStateException("where it came from"))
                .log(REFUSED);
    }

    /** This machine's own name needs no query where its hosts file knows it. */
    private static Set<String> localNames() {
        Set<String> names = new TreeSet<>(Set.of("localhost"));
        try {
            String own = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            Files.readAllLines(Path.of("/etc/hosts"), StandardCharsets.UTF_8).stream()
                    .map(line -> List.of(line.replaceAll("#.*", "").strip().split("\\s+")))
                    .filter(words -> words.size() > 1 && words.contains(own))
                    .forEach(words -> names.add(own));
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("lab: own name unknown, its look-up will be refused");
        }
        return Set.copyOf(names);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
