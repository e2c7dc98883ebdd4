package io.ridethrough.target.wake;

import io.ridethrough.contract.WakeWay;
import io.ridethrough.target.Pace;
import io.ridethrough.target.Wiring;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sends magic packets: every declared address, three times (protocols 10). There is never an answer. Thread-safe. */
public final class Waker {
    private static final int TIMES = 3;
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final Wiring wiring;
    private final Pace time;

    public Waker(Wiring wiring, Pace time) {
        this.wiring = wiring;
        this.time = time;
    }

    /** What became of a sending. */
    public sealed interface Sent {
        /** All packets were handed to the network. */
        record Away(String evidence) implements Sent {}

        /** At least one could not be handed to the network. */
        record Stuck(String why) implements Sent {}
    }

    /** Completes after the last packet. Never fails. */
    public CompletionStage<Sent> wake(WakeWay.WakeOnLan way) {
        return round(way, 1).exceptionally(trouble -> {
            Throwable cause = trouble.getCause() == null ? trouble : trouble.getCause();
            return new Sent.Stuck("magic packet not sent: " + cause);
        });
    }

    private CompletionStage<Sent> round(WakeWay.WakeOnLan way, int number) {
        try {
            send(way);
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (number == TIMES) {
            String to = way.broadcast() + ":" + way.port();
            return CompletableFuture.completedFuture(
                    new Sent.Away(TIMES + " magic packets for each of " + String.join(", ", way.macs()) + " to " + to));
        }
        return time.after(BETWEEN).thenCompose(waited -> round(way, number + 1));
    }

    private void send(WakeWay.WakeOnLan way) throws IOException {
        InetSocketAddress to = wiring.udp(way.broadcast(), way.port());
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
            for (String mac : way.macs()) {
                channel.send(ByteBuffer.wrap(new MagicPacket(mac).bytes()), to);
            }
        }
    }
}
