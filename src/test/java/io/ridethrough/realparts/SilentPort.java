package io.ridethrough.realparts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port of loopback that nobody answers at, as a machine without power: connects end by their own limit. Its queue is
 * full, and the kernel drops what would come into it.
 */
public final class SilentPort implements AutoCloseable {
    private static final int ENOUGH = 6;
    private static final int A_MOMENT = 200;

    private final ServerSocket socket;
    private final List<Socket> waiting = new ArrayList<>();

    public SilentPort() throws IOException {
        socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        fill();
    }

    /** The kernel takes one or two more than it is told. */
    private void fill() throws IOException {
        try {
            for (int i = 0; i < ENOUGH; i++) {
                Socket one = new Socket();
                waiting.add(one);
                one.connect(address(), A_MOMENT);
            }
        } catch (SocketTimeoutException full) {
            return;
        }
        throw new IOException("its queue takes more than " + ENOUGH);
    }

    /** Where it is silent. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        for (Socket one : waiting) {
            one.close();
        }
        socket.close();
    }
}
