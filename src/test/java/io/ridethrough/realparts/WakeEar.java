package io.ridethrough.realparts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network cards of hosts that are off: a socket of 127.0.0.1 that takes magic packets (protocols 10), writes each
 * into the log of its host, and boots the host if it is off.
 */
public final class WakeEar implements AutoCloseable {
    private static final int SYNC = 6;
    private static final int ADDRESS = 6;
    private static final int TIMES = 16;

    private final DatagramSocket socket;
    private final Map<String, ScriptedHost> hosts = new ConcurrentHashMap<>();

    public WakeEar() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::listen, "wake-ear");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Says whose card has that address. */
    public void belongsTo(String mac, ScriptedHost host) {
        hosts.put(mac.toLowerCase(Locale.ROOT), host);
    }

    @Override
    public void close() {
        socket.close();
    }

    private void listen() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (IOException closed) {
                return;
            }
            ScriptedHost host = hosts.get(mac(Arrays.copyOf(buffer, packet.getLength())));
            if (host != null) {
                host.note("magic packet");
                if (!host.ssh().answers()) {
                    host.boot();
                }
            }
        }
    }

    /** The address that stands sixteen times behind six bytes of ones; nothing else wakes a card. */
    private static String mac(byte[] bytes) {
        if (bytes.length != SYNC + TIMES * ADDRESS) {
            return "";
        }
        byte[] expected = new byte[bytes.length];
        Arrays.fill(expected, 0, SYNC, (byte) 0xff);
        for (int i = 0; i < TIMES; i++) {
            System.arraycopy(bytes, SYNC, expected, SYNC + i * ADDRESS, ADDRESS);
        }
        if (!Arrays.equals(bytes, expected)) {
            return "";
        }
        StringBuilder mac = new StringBuilder();
        for (int i = SYNC; i < SYNC + ADDRESS; i++) {
            mac.append(mac.isEmpty() ? "" : ":").append("%02x".formatted(bytes[i]));
        }
        return mac.toString();
    }
}
