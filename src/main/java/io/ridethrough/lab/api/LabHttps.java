package io.ridethrough.lab.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over TLS, or without it where the contract has none, on a loopback port, open only while its machine is: connections are kept until an answer of 400 or
 * more, as pveproxy does (protocols 1.1).
 */
public final class LabHttps implements AutoCloseable {
    private static final int MOST_HEAD = 32 * 1024;
    private static final int MOST_BODY = 512 * 1024;

    private final ServerSocketFactory sockets;
    private final int port;
    private final BooleanSupplier isOpen;
    private final Function<Asked, CompletableFuture<Said>> answers;
    private Supplier<LabTalk> talks = () -> {
        throw new IllegalArgumentException("no WebSocket here");
    };
    private @Nullable Opened opened;

    public LabHttps(
            ServerSocketFactory sockets,
            int port,
            BooleanSupplier isOpen,
            Function<Asked, CompletableFuture<Said>> answers) {
        this.sockets = sockets;
        this.port = port;
        this.isOpen = isOpen;
        this.answers = answers;
    }

    /** The same, where an answer of 101 begins a talk. */
    public LabHttps with(Supplier<LabTalk> talk) {
        talks = talk;
        return this;
    }

    /** Opens or closes the port and its connections as the machine's state asks. */
    public void comply() {
        if (isOpen.getAsBoolean() && opened == null) {
            opened = new Opened();
        } else if (!isOpen.getAsBoolean()) {
            close();
        }
    }

    @Override
    public void close() {
        Opened open = opened;
        opened = null;
        if (open != null) {
            open.close();
        }
    }

    /** One time that it is open. */
    private final class Opened {
        private final ServerSocket socket;
        private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
        private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread made = new Thread(work, "lab-https");
            made.setDaemon(true);
            return made;
        });

        Opened() {
            try {
                socket = sockets.createServerSocket();
                socket.setReuseAddress(true);
                socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
            } catch (IOException e) {
                throw new UncheckedIOException("no interface on port " + port, e);
            }
            threads.execute(this::accept);
        }

        private void accept() {
            while (!socket.isClosed()) {
                try {
                    Socket one = socket.accept();
                    connections.add(one);
                    threads.execute(() -> serve(one));
                } catch (IOException | java.util.concurrent.RejectedExecutionException e) {
                    return; // closed
                }
            }
        }

        private void serve(Socket one) {
            try (one) {
                one.setTcpNoDelay(true);
                InputStream in = one.getInputStream();
                for (Asked asked = read(in); asked != null; asked = read(in)) {
                    Said said = upgraded(asked, answers.apply(asked).get());
                    if (said.status() == 0) {
                        return;
                    }
                    one.getOutputStream().write(bytes(said));
                    one.getOutputStream().flush();
                    if (said.status() == 101) {
                        LabFrames.serve(in, one.getOutputStream(), talks.get());
                    }
                    if (said.status() >= 400 || said.status() == 101) {
                        return;
                    }
                }
            } catch (IOException | IllegalArgumentException | ExecutionException e) {
                // A client that went away, or speaks something else: its connection ends.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                connections.remove(one);
            }
        }

        void close() {
            try {
                socket.close();
                for (Socket one : connections) {
                    one.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            threads.shutdownNow();
        }
    }

    private static Said upgraded(Asked asked, Said said) {
        Map<String, String> headers = Map.of(
                "Upgrade", "websocket",
                "Connection", "Upgrade",
                "Sec-WebSocket-Accept", LabFrames.accepting(asked));
        return said.status() == 101 ? new Said(101, said.reason(), "", headers) : said;
    }

    private static byte[] bytes(Said said) {
        byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + said.status() + " " + said.reason() + "\r\nServer: lab\r\n"
                + "Content-Type: application/json;charset=UTF-8\r\nContent-Length: " + body.length
                + more(said.headers())
                + (said.status() >= 400 ? "\r\nConnection: close" : "") + "\r\n\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private static String more(Map<String, String> headers) {
        StringBuilder lines = new StringBuilder();
        headers.forEach(
                (name, value) -> lines.append("\r\n").append(name).append(": ").append(value));
        return lines.toString();
    }

    /** Null when the client is gone. */
    private static @Nullable Asked read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() > MOST_HEAD) {
                return null;
            }
            head.append((char) next);
        }
        String[] lines = head.toString().strip().split("\r\n", -1);
        String[] first = lines[0].split(" ", 3);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(Math.min(length, MOST_BODY)), StandardCharsets.UTF_8);
        int mark = first[1].indexOf('?');
        Map<String, String> parameters = new TreeMap<>();
        form(mark < 0 ? "" : first[1].substring(mark + 1), parameters);
        if (headers.getOrDefault("content-type", "").startsWith("application/x-www-form-urlencoded")) {
            form(body, parameters);
        }
        String path = mark < 0 ? first[1] : first[1].substring(0, mark);
        return new Asked(first[0], path, parameters, headers, body);
    }

    private static void form(String text, Map<String, String> into) {
        for (String pair : text.split("&", -1)) {
            int is = pair.indexOf('=');
            if (is > 0) {
                into.put(decoded(pair.substring(0, is)), decoded(pair.substring(is + 1)));
            }
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
