package io.ridethrough.lab.net;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** The lab's plain ports, on real sockets. */
class TcpRespondersTest {
    @Test
    void refusesFromTheMomentInWhichAPortIsClosed() throws Exception {
        try (TcpResponders responders = new TcpResponders();
                ReservedPort port = new ReservedPort()) {
            for (int round = 0; round < 500; round++) {
                AutoCloseable listening = responders.listen(port.address(), TcpResponders.Voice.MUTE);
                new Socket(port.address().getAddress(), port.port()).close();
                listening.close();

                assertThatThrownBy(() -> new Socket(port.address().getAddress(), port.port()).close())
                        .as("round %s", round)
                        .isInstanceOf(ConnectException.class);
            }
        }
    }
}
