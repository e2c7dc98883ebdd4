package io.ridethrough.lab.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;

/** A minimal name server (RFC 1035): every A query is answered with the loopback address, every other with nothing. */
final class DnsVoice {
    private static final int HEADER = 12;
    private static final byte[] NOWHERE = {0, 0, 0, 0};
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private DnsVoice() {}

    /** The answer to a query of one question, where nothing is blocked; empty when it is none. */
    static Optional<byte[]> answer(byte[] query) {
        return answer(query, name -> false);
    }

    /** The same; of a name that is blocked it tells 0.0.0.0, as Pi-hole does unless told otherwise. */
    static Optional<byte[]> answer(byte[] query, Predicate<String> blocks) {
        int end = HEADER;
        StringJoiner name = new StringJoiner(".");
        while (end < query.length && query[end] != 0) {
            int length = query[end] & 0xff;
            name.add(new String(query, end + 1, Math.min(length, query.length - end - 1), StandardCharsets.US_ASCII));
            end += 1 + length;
        }
        end += 5;
        if (end > query.length || query[5] != 1 || (query[2] & 0x80) != 0) {
            return Optional.empty();
        }
        boolean a = query[end - 4] == 0 && query[end - 3] == 1;
        ByteBuffer reply = ByteBuffer.allocate(end + 16);
        reply.put(query, 0, 2).put((byte) (0x84 | (query[2] & 1))).put((byte) 0x80);
        reply.putShort((short) 1).putShort((short) (a ? 1 : 0)).putInt(0);
        reply.put(query, HEADER, end - HEADER);
        if (a) {
            reply.putShort((short) 0xc00c).putShort((short) 1).putShort((short) 1);
            reply.putInt(60).putShort((short) 4).put(blocks.test(name.toString()) ? NOWHERE : LOOPBACK);
        }
        return Optional.of(Arrays.copyOf(reply.array(), reply.position()));
    }

    /** The same over TCP, with the two bytes of length before each message. */
    static Optional<byte[]> answerTcp(byte[] heard) {
        if (heard.length < 2) {
            return Optional.empty();
        }
        int length = (heard[0] & 0xff) << 8 | (heard[1] & 0xff);
        if (heard.length < length + 2) {
            return Optional.empty();
        }
        return answer(Arrays.copyOfRange(heard, 2, length + 2)).map(reply -> {
            ByteArrayOutputStream framed = new ByteArrayOutputStream();
            framed.write(reply.length >> 8);
            framed.write(reply.length);
            framed.writeBytes(reply);
            return framed.toByteArray();
        });
    }
}
