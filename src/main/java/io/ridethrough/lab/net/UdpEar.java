package io.ridethrough.lab.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** A loopback UDP port that hears datagrams and may answer each with one. */
final class UdpEar implements AutoCloseable {
    private final DatagramSocket socket;
    private final Function<byte[], Optional<byte[]>> onDatagram;

    UdpEar(String name, Function<byte[], Optional<byte[]>> onDatagram) {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.onDatagram = onDatagram;
        Thread thread = new Thread(this::listen, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Where a client sends to. */
    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    private void listen() {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (!socket.isClosed()) {
            try {
                packet.setLength(2048);
                socket.receive(packet);
                Optional<byte[]> reply = onDatagram.apply(Arrays.copyOf(packet.getData(), packet.getLength()));
                if (reply.isPresent()) {
                    socket.send(new DatagramPacket(reply.get(), reply.get().length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
