package io.ridethrough.lab.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A NUT server of the lab: as much of its protocol as a client needs that reads variables and cuts a load (protocols 6). Thread-safe. */
public final class LabNut implements AutoCloseable {
    private final ServerSocket socket;
    private final Map<String, Served> upses = new ConcurrentHashMap<>();

    /** What the driver of a UPS can do. */
    public interface Driver {
        /** What it tells now. */
        Map<String, String> variables();

        /** {@code shutdown.return} with its delay. */
        void cutsIn(Duration delay);

        /** {@code shutdown.stop}. */
        void keepsOn();
    }

    /** A UPS, and the delay that was set last. */
    private static final class Served {
        private final Driver driver;
        private volatile long delay = 20;

        Served(Driver driver) {
            this.driver = driver;
        }
    }

    public LabNut() {
        try {
            socket = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon("lab-nut", this::accept);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Tells of one more UPS. */
    public void serves(String name, Driver driver) {
        upses.put(name, new Served(driver));
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                daemon("lab-nut-client", () -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            boolean loggedIn = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                loggedIn |= line.startsWith("PASSWORD ");
                client.getOutputStream().write((answer(line, loggedIn) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException gone) {
            // A client that leaves is no event.
        }
    }

    private static String set(Served served, String[] words) {
        if (words.length < 5 || !words[3].equals("ups.delay.shutdown")) {
            return "ERR VAR-NOT-SUPPORTED";
        }
        served.delay = Long.parseLong(words[4].replace("\"", ""));
        return "OK";
    }

    private static String instant(Served served, String command) {
        switch (command) {
            case "shutdown.return" -> served.driver.cutsIn(Duration.ofSeconds(served.delay));
            case "shutdown.stop" -> served.driver.keepsOn();
            default -> {
                return "ERR CMD-NOT-SUPPORTED";
            }
        }
        return "OK";
    }

    private String answer(String line, boolean loggedIn) {
        if (line.startsWith("USERNAME ") || line.startsWith("PASSWORD ")) {
            return "OK";
        }
        if (line.equals("LIST UPS")) {
            StringBuilder all = new StringBuilder("BEGIN LIST UPS\n");
            new TreeMap<>(upses).keySet().forEach(one -> all.append("UPS %s \"Simulated\"\n".formatted(one)));
            return all.append("END LIST UPS").toString();
        }
        String[] words = line.split(" ", -1);
        if (words.length < 3) {
            return line.equals("STARTTLS") ? "ERR FEATURE-NOT-CONFIGURED" : "ERR UNKNOWN-COMMAND";
        }
        String name = words[words[0].equals("INSTCMD") ? 1 : 2];
        Served served = upses.get(name);
        if (served == null) {
            return "ERR UNKNOWN-UPS";
        }
        if (line.startsWith("SET VAR ")) {
            return set(served, words);
        }
        if (words[0].equals("INSTCMD")) {
            return loggedIn ? instant(served, words[2]) : "ERR USERNAME-REQUIRED";
        }
        if (!line.startsWith("LIST VAR ")) {
            return "ERR UNKNOWN-COMMAND";
        }
        StringBuilder list = new StringBuilder("BEGIN LIST VAR " + name + "\n");
        new TreeMap<>(served.driver.variables())
                .forEach((variable, value) -> list.append("VAR %s %s \"%s\"\n".formatted(name, variable, value)));
        return list.append("END LIST VAR ").append(name).toString();
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
