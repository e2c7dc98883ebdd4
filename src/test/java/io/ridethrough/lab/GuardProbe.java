package io.ridethrough.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A JVM that tries every way out, armed or not, and prints what became of each. Run by {@link LabGuardTest}. */
public final class GuardProbe {
    private static final String AWAY = "192.0.2.1";

    private interface WayOut {
        void take() throws Exception;
    }

    private GuardProbe() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("armed")) {
            LabGuard.arm();
        }
        Map<String, WayOut> ways = new TreeMap<>();
        ways.put("socket", GuardProbe::socket);
        ways.put("socket-channel", GuardProbe::socketChannel);
        ways.put("asynchronous-channel", GuardProbe::asynchronousChannel);
        ways.put("http-client", GuardProbe::httpClient);
        ways.put("datagram-socket-broadcast", GuardProbe::datagramSocket);
        ways.put("datagram-channel", GuardProbe::datagramChannel);
        ways.put("connected-datagram-channel", GuardProbe::connectedDatagramChannel);
        ways.put("look-up", () -> InetAddress.getAllByName("away.example"));
        ways.put("loopback", GuardProbe::loopback);
        for (Map.Entry<String, WayOut> way : ways.entrySet()) {
            System.out.println(way.getKey() + ": " + outcome(way.getValue()));
        }
        System.out.println("reverse: " + InetAddress.getByName(AWAY).getHostName());
        Set<String> violations = new TreeSet<>();
        LabGuard.violations().forEach(violation -> violations.add(violation.toString()));
        System.out.println("violations: " + String.join(", ", violations));
        System.out.println("not armed: " + LabGuard.whyNotArmed().orElse("-"));
    }

    private static String outcome(WayOut way) {
        try {
            way.take();
            return "went";
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (String.valueOf(cause.getMessage()).startsWith("LAB guard")) {
                    return "refused";
                }
            }
            return "failed";
        }
    }

    private static void socket() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(AWAY, 22), 500);
        }
    }

    private static void socketChannel() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.connect(new InetSocketAddress(AWAY, 22));
        }
    }

    private static void asynchronousChannel() throws Exception {
        try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
            channel.connect(new InetSocketAddress(AWAY, 22)).get();
        }
    }

    private static void httpClient() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + AWAY + "/")).build();
        HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(1))
                .build()
                .send(request, HttpResponse.BodyHandlers.discarding());
    }

    private static void datagramSocket() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setBroadcast(true);
            socket.send(new DatagramPacket(new byte[1], 1, new InetSocketAddress("255.255.255.255", 9)));
        }
    }

    private static void datagramChannel() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.send(ByteBuffer.allocateDirect(1), new InetSocketAddress(AWAY, 9));
        }
    }

    private static void connectedDatagramChannel() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(AWAY, 9));
            channel.write(ByteBuffer.allocate(1));
        }
    }

    private static void loopback() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("localhost"));
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
                DatagramSocket datagrams = new DatagramSocket()) {
            datagrams.send(new DatagramPacket(new byte[1], 1, socket.getRemoteSocketAddress()));
        }
    }
}
