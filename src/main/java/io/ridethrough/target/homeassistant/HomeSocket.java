package io.ridethrough.target.homeassistant;

import io.ridethrough.target.Wiring;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.tls.PinnedTls;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * One WebSocket (RFC 6455) for texts, over TLS on a pin where its root is https: bounded messages, and nothing waited
 * for beyond the patience. The JDK's own client cannot connect to a wired address under the declared name. Not
 * thread-safe.
 */
final class HomeSocket implements AutoCloseable {
    private static final int LONGEST_HEAD = 16 * 1024;
    private static final int LONGEST_TEXT = 8 * 1024 * 1024;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final SecureRandom random = new SecureRandom();
    private final Socket socket;
    private final InputStream in;
    private final long deadline;

    private HomeSocket(Socket socket, long deadline) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.deadline = deadline;
    }

    /** Connects and asks for a WebSocket at that path. */
    static HomeSocket open(URI root, String path, Wiring wiring, Optional<Pin> pin, Duration patience)
            throws IOException {
        boolean secure = "https".equals(root.getScheme());
        int port = root.getPort() > 0 ? root.getPort() : secure ? 443 : 80;
        InetSocketAddress to = wiring.tcp(root.getHost(), port);
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.setSoTimeout((int) patience.toMillis());
            plain.connect(to, (int) patience.toMillis());
            Socket socket = pin.isPresent() ? PinnedTls.over(plain, root.getHost(), pin.get()) : plain;
            HomeSocket opened = new HomeSocket(socket, System.nanoTime() + patience.toNanos());
            opened.upgrade(root, path);
            return opened;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private void upgrade(URI root, String path) throws IOException {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        String head = "GET " + path + " HTTP/1.1\r\nHost: " + root.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + key + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            if (answer.length() > LONGEST_HEAD) {
                throw new IOException("no end of its answer");
            }
            answer.append((char) octet());
        }
        String status = answer.substring(0, answer.indexOf("\r\n"));
        if (!status.startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + status);
        }
        if (!answer.toString().contains(accepted(key))) {
            throw new IOException("it accepted another request than ours");
        }
    }

    /** What shows that the server read our key (RFC 6455, 4.2.2). */
    private static String accepted(String key) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    void say(String text) throws IOException {
        send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private void send(int kind, byte[] content) throws IOException {
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        ByteBuffer frame = ByteBuffer.allocate(content.length + 14).put((byte) (0x80 | kind));
        if (content.length < 126) {
            frame.put((byte) (0x80 | content.length));
        } else if (content.length < 65536) {
            frame.put((byte) (0x80 | 126)).putShort((short) content.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(content.length);
        }
        frame.put(mask);
        for (int i = 0; i < content.length; i++) {
            frame.put((byte) (content[i] ^ mask[i % 4]));
        }
        socket.getOutputStream().write(frame.array(), 0, frame.position());
    }

    /** The next text, put together from its parts; pings are answered on the way. */
    String hear() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (true) {
            int head = octet();
            int kind = head & 0x0f;
            byte[] content = content(text.size());
            switch (kind) {
                case CLOSE -> throw new IOException("it closed the connection");
                case PING -> send(PONG, content);
                case PONG -> {}
                default -> {
                    text.writeBytes(content);
                    if ((head & 0x80) != 0) {
                        return text.toString(StandardCharsets.UTF_8);
                    }
                }
            }
        }
    }

    private byte[] content(int before) throws IOException {
        long length = octet() & 0x7f;
        if (length >= 126) {
            int octets = length == 126 ? 2 : 8;
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = (length << 8) | octet();
            }
        }
        if (length < 0 || length > LONGEST_TEXT - before) {
            throw new IOException("a message longer than " + LONGEST_TEXT + " bytes");
        }
        byte[] content = new byte[(int) length];
        for (int read = 0; read < content.length; ) {
            waitAtMost();
            int more = in.read(content, read, content.length - read);
            if (more < 0) {
                throw new IOException("it hung up");
            }
            read += more;
        }
        return content;
    }

    private int octet() throws IOException {
        waitAtMost();
        int next = in.read();
        if (next < 0) {
            throw new IOException("it hung up");
        }
        return next;
    }

    private void waitAtMost() throws IOException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        socket.setSoTimeout((int) left);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
