package io.ridethrough.lab.net;

import io.ridethrough.lab.host.Fault.Interface.How;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A NUT server of the lab: as much of its protocol as a client needs that reads variables and cuts a load (protocols 6;
 * STARTTLS as NUT's net-protocol has it). Thread-safe.
 */
public final class LabNut implements AutoCloseable {
    private static final String DELAY = "ups.delay.shutdown";

    private final ReservedPort port = new ReservedPort();
    private final Optional<SSLContext> tls;
    private final Map<String, Served> upses = new ConcurrentHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private @Nullable ServerSocket listening;

    /** What the driver of a UPS can do. */
    public interface Driver {
        /** What it tells now. */
        Map<String, String> variables();

        /** {@code shutdown.return} with its delay. */
        void cutsIn(Duration delay);

        /** {@code shutdown.stop}. */
        void keepsOn();

        /**
         * Whether it fails in this way now. GONE closes the port, for every UPS of the server; the rest is met by whoever
         * names the UPS: SILENT never answers, LATE does as it is told and says so late, BROKEN is DATA-STALE, NO_RIGHTS is
         * ACCESS-DENIED, DROPS hangs up once it took a command, PRETENDS says OK to one and does nothing, FEWER_RIGHTS
         * knows no command to cut its load.
         */
        boolean fails(How how);

        /** Whether this answer is the wrong one of WRONG_ONCE, for which nothing is done; it is well afterwards. */
        boolean isWrongOnce();

        /** Does that when a late answer is due. */
        void late(Runnable answer);
    }

    /** A UPS, and the delay that was set last. */
    private static final class Served {
        private final Driver driver;
        private volatile long delay = 20;

        Served(Driver driver) {
            this.driver = driver;
        }
    }

    /** One client: its socket, and how far it has come. */
    private static final class Talk {
        private Socket client;
        private BufferedReader in;
        private boolean loggedIn;

        Talk(Socket client) throws IOException {
            this.client = client;
            this.in = reader(client);
        }

        void say(String answer) throws IOException {
            client.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
        }

        void secure(SSLContext tls) throws IOException {
            client = tls.getSocketFactory().createSocket(client, new ByteArrayInputStream(new byte[0]), true);
            in = reader(client);
        }

        private static BufferedReader reader(Socket of) throws IOException {
            return new BufferedReader(new InputStreamReader(of.getInputStream(), StandardCharsets.UTF_8));
        }
    }

    /** One that does not speak TLS. */
    public LabNut() {
        this(Optional.empty());
    }

    /** @param tls what it speaks once it is asked to; absent when it refuses to */
    public LabNut(Optional<SSLContext> tls) {
        this.tls = tls;
        comply();
    }

    /** Opens its port; or closes it with all connections, while any of its UPSes is to be GONE. */
    public synchronized void comply() {
        boolean isGone = upses.values().stream().anyMatch(one -> one.driver.fails(How.GONE));
        if (isGone) {
            shut();
        } else if (listening == null && !closed.isDone()) {
            listening = opened();
        }
    }

    private ServerSocket opened() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(port.address(), 20);
            daemon("lab-nut", () -> accept(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("no NUT server on port " + port.port(), e);
        }
    }

    private synchronized void shut() {
        ServerSocket open = listening;
        listening = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return port.address();
    }

    /** Tells of one more UPS. */
    public void serves(String name, Driver driver) {
        upses.put(name, new Served(driver));
    }

    /** Every line that clients have said so far. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                clients.add(client);
                daemon("lab-nut-client", () -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Talk talk = new Talk(client);
            for (String line = talk.in.readLine(); line != null; line = talk.in.readLine()) {
                heard.add(line);
                if (line.equals("STARTTLS") && tls.isPresent()) {
                    talk.say("OK STARTTLS");
                    talk.secure(tls.get());
                    continue;
                }
                talk.loggedIn |= line.startsWith("PASSWORD ");
                Optional<String> answer = answer(line, talk.loggedIn);
                if (answer.isEmpty()) {
                    return;
                }
                talk.say(answer.get());
            }
        } catch (IOException gone) {
            // A client that leaves is no event.
        } finally {
            clients.remove(client);
        }
    }

    private static String set(Served served, String[] words) {
        if (words.length < 5 || !words[3].equals(DELAY)) {
            return "ERR VAR-NOT-SUPPORTED";
        }
        served.delay = Long.parseLong(words[4].replace("\"", ""));
        return "OK";
    }

    private static Optional<String> instant(Served served, String command) {
        if (!served.driver.fails(How.PRETENDS)) {
            switch (command) {
                case "shutdown.return" -> served.driver.cutsIn(Duration.ofSeconds(served.delay));
                case "shutdown.stop" -> served.driver.keepsOn();
                default -> {
                    return Optional.of("ERR CMD-NOT-SUPPORTED");
                }
            }
        }
        return served.driver.fails(How.DROPS) ? Optional.empty() : Optional.of("OK");
    }

    /** What is answered; empty to hang up instead. */
    private Optional<String> answer(String line, boolean loggedIn) {
        if (line.startsWith("USERNAME ") || line.startsWith("PASSWORD ")) {
            return Optional.of("OK");
        }
        if (line.equals("LIST UPS")) {
            StringBuilder all = new StringBuilder("BEGIN LIST UPS\n");
            new TreeMap<>(upses).keySet().forEach(one -> all.append("UPS %s \"Simulated\"\n".formatted(one)));
            return Optional.of(all.append("END LIST UPS").toString());
        }
        String[] words = line.split(" ", -1);
        if (words.length < 3) {
            return Optional.of(line.equals("STARTTLS") ? "ERR FEATURE-NOT-CONFIGURED" : "ERR UNKNOWN-COMMAND");
        }
        Served served = upses.get(words[words[0].equals("INSTCMD") ? 1 : 2]);
        return served == null ? Optional.of("ERR UNKNOWN-UPS") : answer(served, line, words, loggedIn);
    }

    private Optional<String> answer(Served served, String line, String[] words, boolean loggedIn) {
        if (served.driver.fails(How.SILENT)) {
            await(closed);
            return Optional.empty();
        }
        if (served.driver.isWrongOnce()) {
            return Optional.of("Please wait while the system is starting.");
        }
        Optional<String> answer = said(served, line, words, loggedIn);
        if (served.driver.fails(How.LATE)) {
            CompletableFuture<Void> due = new CompletableFuture<>();
            served.driver.late(() -> due.complete(null));
            await(CompletableFuture.anyOf(due, closed));
        }
        return answer;
    }

    private Optional<String> said(Served served, String line, String[] words, boolean loggedIn) {
        if (served.driver.fails(How.NO_RIGHTS)) {
            return Optional.of("ERR ACCESS-DENIED");
        }
        if (served.driver.fails(How.BROKEN)) {
            return Optional.of("ERR DATA-STALE");
        }
        if (line.startsWith("SET VAR ")) {
            return Optional.of(loggedIn ? set(served, words) : "ERR USERNAME-REQUIRED");
        }
        if (words[0].equals("INSTCMD")) {
            return loggedIn ? instant(served, words[2]) : Optional.of("ERR USERNAME-REQUIRED");
        }
        if (line.startsWith("LIST CMD ")) {
            return Optional.of(commands(words[2], served.driver.fails(How.FEWER_RIGHTS)));
        }
        if (!line.startsWith("LIST VAR ")) {
            return Optional.of("ERR UNKNOWN-COMMAND");
        }
        String name = words[2];
        StringBuilder list = new StringBuilder("BEGIN LIST VAR " + name + "\n");
        TreeMap<String, String> told = new TreeMap<>(served.driver.variables());
        told.put(DELAY, Long.toString(served.delay));
        told.forEach((variable, value) -> list.append("VAR %s %s \"%s\"\n".formatted(name, variable, value)));
        return Optional.of(list.append("END LIST VAR ").append(name).toString());
    }

    private static String commands(String name, boolean fewer) {
        String known = fewer ? "beeper.mute" : "shutdown.return\nCMD " + name + " shutdown.stop";
        return "BEGIN LIST CMD " + name + "\nCMD " + name + " " + known + "\nEND LIST CMD " + name;
    }

    private static void await(CompletableFuture<?> end) {
        var unused = end.join();
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed.complete(null);
        shut();
        port.close();
    }
}
