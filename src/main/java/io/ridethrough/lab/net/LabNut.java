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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A NUT server of the lab: as much of its protocol as a client needs that reads variables (protocols 6). Thread-safe. */
public final class LabNut implements AutoCloseable {
    private final ServerSocket socket;
    private final Map<String, Supplier<Map<String, String>>> upses = new ConcurrentHashMap<>();

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

    /** Tells of one more UPS; {@code variables} is asked each time. */
    public void serves(String name, Supplier<Map<String, String>> variables) {
        upses.put(name, variables);
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
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                client.getOutputStream().write((answer(line) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException gone) {
            // A client that leaves is no event.
        }
    }

    private String answer(String line) {
        if (line.startsWith("USERNAME ") || line.startsWith("PASSWORD ")) {
            return "OK";
        }
        if (!line.startsWith("LIST VAR ")) {
            return line.equals("STARTTLS") ? "ERR FEATURE-NOT-CONFIGURED" : "ERR UNKNOWN-COMMAND";
        }
        String name = line.substring("LIST VAR ".length());
        Supplier<Map<String, String>> variables = upses.get(name);
        if (variables == null) {
            return "ERR UNKNOWN-UPS";
        }
        StringBuilder list = new StringBuilder("BEGIN LIST VAR " + name + "\n");
        new TreeMap<>(variables.get())
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
