package io.ridethrough.lab.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A minimal name server (RFC 1035): every A query is answered with the loopback address, every other with nothing. */
final class DnsVoice {
    private static final int HEADER = 12;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private DnsVoice() {}

    /** The answer to a query of one question; empty when it is none. */
    static Optional<byte[]> answer(byte[] query) {
        int end = HEADER;
        while (end < query.length && query[end] != 0) {
            end += 1 + (query[end] & 0xff);
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
            reply.putInt(60).putShort((short) 4).put(LOOPBACK);
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
