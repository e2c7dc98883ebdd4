package io.ridethrough.target.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.target.Wiring;
import io.ridethrough.target.probe.ProbeAnswer.Health;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers are made by hand from RFC 1035, 4.1. */
@Timeout(30)
class NameQueryTest {
    /** www.example.org is an alias of web.example.org, which is 192.0.2.7. */
    private static final String ALIAS_AND_ADDRESS =
            "c00c00050001000000640006" + "03776562c010" + "c02d00010001000000640004" + "c0000207";

    @Test
    void anAddressBehindAnAliasIsWell() throws Exception {
        assertThat(asked(query -> answer(query, 0x8180, 2, ALIAS_AND_ADDRESS)))
                .isEqualTo(ProbeAnswer.well("www.example.org is 192.0.2.7"));
    }

    @Test
    void aNameNobodyKnowsIsUnwell() throws Exception {
        assertThat(asked(query -> answer(query, 0x8183, 0, "")).health()).isEqualTo(Health.UNWELL);
        assertThat(asked(query -> answer(query, 0x8180, 0, "")).health()).isEqualTo(Health.UNWELL);
        assertThat(asked(query -> answer(query, 0x8182, 0, "")).evidence()).contains("error 2");
    }

    @Test
    void brokenAnswersAndThoseToAnotherQuestionAreNone() throws Exception {
        assertThat(asked(query -> answer(query, 0x8180, 9, "c0")).health()).isEqualTo(Health.UNSEEN);
        assertThat(asked(query -> {
                            byte[] other = answer(query, 0x8180, 2, ALIAS_AND_ADDRESS);
                            other[0] ^= 1;
                            return other;
                        })
                        .health())
                .isEqualTo(Health.UNSEEN);
    }

    @Test
    void aPortWithoutAServerIsNotWell() throws Exception {
        int port;
        try (DatagramSocket gone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        assertThat(query(port).health()).isNotEqualTo(Health.WELL);
    }

    private static byte[] answer(byte[] query, int flags, int answers, String records) {
        byte[] body = HexFormat.of().parseHex(records);
        return ByteBuffer.allocate(query.length + body.length)
                .put(query)
                .put(body)
                .putShort(2, (short) flags)
                .putShort(6, (short) answers)
                .array();
    }

    private static ProbeAnswer asked(UnaryOperator<byte[]> server) throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> serve(socket, server));
            serving.setDaemon(true);
            serving.start();
            return query(socket.getLocalPort());
        }
    }

    private static ProbeAnswer query(int port) throws Exception {
        return new NameQuery(Wiring.direct(), Runnable::run)
                .ask("127.0.0.1", port, "www.example.org", Duration.ofSeconds(3))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static void serve(DatagramSocket socket, UnaryOperator<byte[]> server) {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] reply = server.apply(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            }
        } catch (SocketException closed) {
            assertThat(socket.isClosed()).isTrue();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void neverFailsWhateverTheName() throws Exception {
        CompletableFuture<ProbeAnswer> answer = new NameQuery(Wiring.direct(), Runnable::run)
                .ask("127.0.0.1", 1, "no..name", Duration.ofMillis(300))
                .toCompletableFuture();
        assertThat(answer.get(10, TimeUnit.SECONDS).health()).isEqualTo(Health.UNSEEN);
    }
}
