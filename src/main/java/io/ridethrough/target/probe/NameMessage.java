package io.ridethrough.target.probe;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The two DNS messages of one A query (RFC 1035, 4.1): the question, and what of its answer is of interest. */
final class NameMessage {
    /** The longest answer over UDP without extensions. */
    static final int LONGEST = 512;

    private static final Pattern DOT = Pattern.compile("\\.");
    private static final int HEADER = 12;
    private static final int A = 1;
    private static final int INTERNET = 1;

    private NameMessage() {}

    /**
     * What a server said.
     *
     * @param code 0 no error, 2 server failure, 3 no such name, 5 refused
     * @param addresses of the A records
     */
    record Reply(int code, List<String> addresses) {
        Reply {
            addresses = List.copyOf(addresses);
        }
    }

    /** A recursive query for the A records of {@code name}. */
    static byte[] query(int id, String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(HEADER)
                .putShort((short) id)
                .putShort((short) 0x0100)
                .putShort((short) 1)
                .array());
        for (String label : DOT.splitAsStream(name).toList()) {
            byte[] text = label.getBytes(StandardCharsets.US_ASCII);
            if (text.length == 0 || text.length > 63) {
                throw new IllegalArgumentException("not a host name: \"" + name + "\"");
            }
            out.write(text.length);
            out.writeBytes(text);
        }
        out.writeBytes(new byte[] {0, 0, A, 0, INTERNET});
        return out.toByteArray();
    }

    /** Reads an answer to the query of that id; empty when it is none, or is broken. */
    static Optional<Reply> reply(int id, ByteBuffer message) {
        try {
            if ((message.getShort() & 0xffff) != id) {
                return Optional.empty();
            }
            int flags = message.getShort();
            int questions = message.getShort();
            int answers = message.getShort();
            message.position(HEADER);
            if ((flags & 0x8000) == 0) {
                return Optional.empty();
            }
            for (int i = 0; i < questions; i++) {
                skipName(message);
                skip(message, 4);
            }
            return Optional.of(new Reply(flags & 0xf, addresses(message, answers)));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<String> addresses(ByteBuffer message, int answers) {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < answers; i++) {
            skipName(message);
            int type = message.getShort();
            skip(message, 6);
            int length = message.getShort() & 0xffff;
            if (type == A && length == 4) {
                addresses.add((message.get() & 0xff) + "." + (message.get() & 0xff) + "." + (message.get() & 0xff) + "."
                        + (message.get() & 0xff));
            } else {
                skip(message, length);
            }
        }
        return addresses;
    }

    /** Labels to a zero byte, or to a pointer of two bytes. */
    private static void skipName(ByteBuffer message) {
        int length = message.get() & 0xff;
        while (length > 0 && length < 0xc0) {
            skip(message, length);
            length = message.get() & 0xff;
        }
        if (length >= 0xc0) {
            skip(message, 1);
        }
    }

    private static void skip(ByteBuffer message, int bytes) {
        if (bytes > message.remaining()) {
            throw new BufferUnderflowException();
        }
        message.position(message.position() + bytes);
    }
}
