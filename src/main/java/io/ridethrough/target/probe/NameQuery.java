package io.ridethrough.target.probe;

import io.ridethrough.target.Said;
import io.ridethrough.target.Wiring;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** One A query to one named server. Thread-safe. */
public final class NameQuery {
    private static final int TRIES = 3;
    private static final int NO_SUCH_NAME = 3;
    private static final SecureRandom IDS = new SecureRandom();

    private final Wiring wiring;
    private final Executor executor;

    /** @param executor threads that may block for the time of a query */
    public NameQuery(Wiring wiring, Executor executor) {
        this.wiring = wiring;
        this.executor = executor;
    }

    /** Asks that server, nobody else, three times within the limit of wall time. */
    public CompletionStage<ProbeAnswer> ask(String server, int port, String name, Duration limit) {
        return CompletableFuture.supplyAsync(() -> answer(server, port, name, limit), executor);
    }

    private ProbeAnswer answer(String server, int port, String name, Duration limit) {
        InetSocketAddress to = wiring.udp(server, port);
        if (to.isUnresolved()) {
            return ProbeAnswer.unseen("no address for " + server);
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(to);
            socket.setSoTimeout((int) Math.max(50, Math.min(10_000, limit.toMillis() / TRIES)));
            for (int i = 0; i < TRIES; i++) {
                Optional<NameMessage.Reply> reply = once(socket, name);
                if (reply.isPresent()) {
                    return judged(reply.get(), server, name);
                }
            }
            return ProbeAnswer.unseen(server + " does not answer");
        } catch (PortUnreachableException e) {
            return ProbeAnswer.unwell(server + " serves no names on port " + port);
        } catch (IOException | RuntimeException e) {
            return ProbeAnswer.unseen(server + ": " + Said.line(String.valueOf(e.getMessage())));
        }
    }

    private static Optional<NameMessage.Reply> once(DatagramSocket socket, String name) throws IOException {
        int id = IDS.nextInt(0x10000);
        byte[] query = NameMessage.query(id, name);
        socket.send(new DatagramPacket(query, query.length));
        DatagramPacket answer = new DatagramPacket(new byte[NameMessage.LONGEST], NameMessage.LONGEST);
        try {
            socket.receive(answer);
            return NameMessage.reply(id, ByteBuffer.wrap(answer.getData(), 0, answer.getLength()));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    private static ProbeAnswer judged(NameMessage.Reply reply, String server, String name) {
        if (!reply.addresses().isEmpty()) {
            return ProbeAnswer.well(name + " is " + reply.addresses().get(0));
        }
        return ProbeAnswer.unwell(
                reply.code() == 0 || reply.code() == NO_SUCH_NAME
                        ? server + " knows no address of " + name
                        : server + " answers with error " + reply.code());
    }
}
