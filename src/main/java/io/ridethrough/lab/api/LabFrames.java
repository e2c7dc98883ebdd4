package io.ridethrough.lab.api;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * The server's side of a WebSocket (RFC 6455), as trying for its client as the standard permits: before every text comes
 * a ping, and every text comes in two parts.
 */
final class LabFrames {
    private static final int MOST = 512 * 1024;
    private static final String STANDARD = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private LabFrames() {}

    /** What proves that the request for a WebSocket was read. */
    static String accepting(Asked asked) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((asked.header("sec-websocket-key") + STANDARD).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Talks until one of both hangs up. */
    static void serve(InputStream in, OutputStream out, LabTalk talk)
            throws IOException, InterruptedException, ExecutionException {
        say(out, talk.greeting());
        DataInputStream data = new DataInputStream(in);
        while (true) {
            int head = data.readUnsignedByte();
            byte[] content = content(data);
            if ((head & 0x0f) == 8) {
                return;
            }
            if ((head & 0x0f) == 1) {
                List<String> said =
                        talk.hear(new String(content, StandardCharsets.UTF_8)).get();
                if (said.isEmpty()) {
                    return;
                }
                for (String text : said) {
                    say(out, text);
                }
            }
        }
    }

    private static byte[] content(DataInputStream data) throws IOException {
        int second = data.readUnsignedByte();
        if ((second & 0x80) == 0) {
            throw new IOException("a client masks what it says");
        }
        int length = second & 0x7f;
        if (length >= 126) {
            length = length == 126 ? data.readUnsignedShort() : (int) Math.min(MOST + 1L, data.readLong());
        }
        if (length > MOST) {
            throw new IOException("too long");
        }
        byte[] mask = data.readNBytes(4);
        byte[] content = data.readNBytes(length);
        for (int i = 0; i < content.length; i++) {
            content[i] ^= mask[i % 4];
        }
        return content;
    }

    private static void say(OutputStream out, String text) throws IOException {
        byte[] whole = text.getBytes(StandardCharsets.UTF_8);
        int half = whole.length / 2;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frame(all, 0x89, new byte[] {'h', 'i'}, 0, 2);
        frame(all, 0x01, whole, 0, half);
        frame(all, 0x80, whole, half, whole.length - half);
        out.write(all.toByteArray());
        out.flush();
    }

    private static void frame(ByteArrayOutputStream all, int head, byte[] content, int from, int length) {
        all.write(head);
        if (length < 126) {
            all.write(length);
        } else if (length < 65536) {
            all.write(126);
            all.write(length >> 8);
            all.write(length);
        } else {
            all.write(127);
            all.writeBytes(java.nio.ByteBuffer.allocate(8).putLong(length).array());
        }
        all.write(content, from, length);
    }
}
