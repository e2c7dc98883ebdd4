package io.ridethrough.target.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.camel.WallTime;
import io.ridethrough.camel.hands.RunPace;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.tcp.Knock.Sign;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SocketKnockTest {
    private final RunPace time = new RunPace(new WallTime(1, Runnable::run));

    @Test
    void tellsAListenerFromARefusal() throws Exception {
        int port;
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
            assertThat(knock(Wiring.direct(), port)).isEqualTo(Sign.ACCEPTED);
        }
        assertThat(knock(Wiring.direct(), port)).isEqualTo(Sign.REFUSED);
    }

    @Test
    void anAddressWeMayNotOrCannotUseTellsNothingOfTheHost() throws Exception {
        assertThat(knock(to(InetSocketAddress.createUnresolved("nowhere", 22)), 22))
                .isEqualTo(Sign.BLIND);
        assertThat(knock(
                        new Wiring() {
                            @Override
                            public InetSocketAddress tcp(String host, int port) {
                                throw new IllegalStateException("not mapped");
                            }

                            @Override
                            public InetSocketAddress udp(String host, int port) {
                                throw new IllegalStateException("not mapped");
                            }
                        },
                        22))
                .isEqualTo(Sign.BLIND);
    }

    private Sign knock(Wiring wiring, int port) throws Exception {
        return new SocketKnock(wiring, time)
                .knock("127.0.0.1", port, Duration.ofSeconds(5))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .sign();
    }

    private static Wiring to(InetSocketAddress address) {
        return new Wiring() {
            @Override
            public InetSocketAddress tcp(String host, int port) {
                return address;
            }

            @Override
            public InetSocketAddress udp(String host, int port) {
                return address;
            }
        };
    }
}
