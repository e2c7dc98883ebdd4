package io.ridethrough.target.nut;

import io.ridethrough.target.tls.PeerCertificate;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.tls.PinnedTls;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** One TCP connection to a NUT server: bounded lines, and no answer waited for beyond the patience. Not thread-safe. */
final class NutConnection implements AutoCloseable {
    private static final int LONGEST_LINE = 4096;

    private Socket socket;
    private InputStream in;
    private final long deadline;
    private boolean loggedIn;
    private Optional<Instant> certificateEnds = Optional.empty();

    private NutConnection(Socket socket, long deadline) throws IOException {
        this.socket = socket;
        this.deadline = deadline;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static NutConnection open(InetSocketAddress to, Duration patience) throws IOException {
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(to, (int) patience.toMillis());
            return new NutConnection(plain, System.nanoTime() + patience.toNanos());
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /**
     * Speaks TLS from now on.
     *
     * @param host the name or address for which a certificate below an authority must be issued
     * @throws IOException when it does not, or shows another certificate; the connection is closed then
     */
    void secure(String host, Pin pin) throws IOException {
        try {
            String answer = ask("STARTTLS");
            if (!answer.startsWith("OK STARTTLS")) {
                throw new IOException("it does not speak TLS: " + answer);
            }
            socket.setSoTimeout(left());
            SSLSocket secured = PinnedTls.over(socket, host, pin);
            certificateEnds = Optional.of(PeerCertificate.ends(secured));
            socket = secured;
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Until when the certificate that it showed is valid; empty before {@link #secure}. */
    Optional<Instant> certificateEnds() {
        return certificateEnds;
    }

    /** The server took our login. */
    void loggedIn() {
        loggedIn = true;
    }

    boolean isLoggedIn() {
        return loggedIn;
    }

    /** Sends one line and reads the first of the answer. */
    String ask(String line) throws IOException {
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a question is one line");
        }
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        return line();
    }

    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() <= LONGEST_LINE) {
            socket.setSoTimeout(left());
            int next = in.read();
            if (next == '\n') {
                return line.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            if (next < 0) {
                throw new IOException("it closed the connection");
            }
            line.write(next);
        }
        throw new IOException("a line longer than " + LONGEST_LINE + " bytes");
    }

    private int left() throws SocketTimeoutException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) left;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
