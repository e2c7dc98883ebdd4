package io.ridethrough.target.wake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ridethrough.contract.WakeWay.WakeOnLan;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.Wiring;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class WakerTest {
    @Test
    void everyDeclaredAddressIsCalledThreeTimes() throws Exception {
        try (DatagramSocket ear = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ear.setSoTimeout(5000);
            VirtualTime time = new VirtualTime();
            Waker waker = new Waker(to(ear), time);

            Waker.Sent sent = time.until(
                    waker.wake(new WakeOnLan(List.of("02:00:5e:10:00:02", "02-00-5E-10-00-12"), "192.0.2.255", 9)));

            assertThat(sent).isInstanceOf(Waker.Sent.Away.class);
            List<String> heard = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                DatagramPacket packet = new DatagramPacket(new byte[200], 200);
                ear.receive(packet);
                byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
                assertThat(bytes).hasSize(102).startsWith(0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
                String mac = HexFormat.of().formatHex(bytes, 6, 12);
                assertThat(HexFormat.of().formatHex(bytes, 6, 102)).isEqualTo(mac.repeat(16));
                heard.add(mac);
            }
            assertThat(heard)
                    .containsExactly(
                            "02005e100002",
                            "02005e100012",
                            "02005e100002",
                            "02005e100012",
                            "02005e100002",
                            "02005e100012");
        }
    }

    @Test
    void aWiringThatRefusesIsToldAndNothingIsThrown() {
        VirtualTime time = new VirtualTime();
        Wiring nowhere = new Wiring() {
            @Override
            public InetSocketAddress tcp(String host, int port) {
                throw new IllegalStateException("not on this network");
            }

            @Override
            public InetSocketAddress udp(String host, int port) {
                throw new IllegalStateException("not on this network");
            }
        };

        assertThat(time.until(
                        new Waker(nowhere, time).wake(new WakeOnLan(List.of("02:00:5e:10:00:02"), "192.0.2.255", 9))))
                .isInstanceOfSatisfying(
                        Waker.Sent.Stuck.class, stuck -> assertThat(stuck.why()).contains("not on this network"));
    }

    @Test
    void whatIsNoMacIsRefused() {
        assertThatThrownBy(() -> new MagicPacket("02:00:5e:10:00")).hasMessageContaining("not a MAC");
    }

    private static Wiring to(DatagramSocket ear) {
        return new Wiring() {
            @Override
            public InetSocketAddress tcp(String host, int port) {
                throw new AssertionError("no TCP here");
            }

            @Override
            public InetSocketAddress udp(String host, int port) {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), ear.getLocalPort());
            }
        };
    }
}
