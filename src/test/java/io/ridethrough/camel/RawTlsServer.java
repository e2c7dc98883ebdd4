package io.ridethrough.camel;

import io.ridethrough.lab.net.LabAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLServerSocket;

/** Speaks just enough HTTP over TLS to say any status line, to fall silent, or to hang up. */
final class RawTlsServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final SSLServerSocket socket;
    private final X509Certificate certificate;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile String answer = "";
    private volatile boolean silent;

    RawTlsServer(LabAuthority.Issued issued) throws IOException {
        certificate = issued.certificate();
        socket = (SSLServerSocket)
                issued.context().getServerSocketFactory().createServerSocket(0, 20, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    X509Certificate certificate() {
        return certificate;
    }

    List<String> heard() {
        return heard;
    }

    int connections() {
        return open.size();
    }

    void answers(String status, String body) {
        answer = "HTTP/1.1 " + status + "\r\nX-Said: word\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    void hangsUp() {
        answer = "";
    }

    void keepsSilent() {
        silent = true;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket one = socket.accept();
                open.add(one);
                threads.execute(() -> serve(one));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket one) {
        try (one) {
            InputStream in = one.getInputStream();
            while (true) {
                String request = request(in);
                if (request.isEmpty()) {
                    return;
                }
                heard.add(request);
                if (silent) {
                    continue;
                }
                if (answer.isEmpty()) {
                    return;
                }
                one.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                one.getOutputStream().flush();
            }
        } catch (IOException e) {
            // A client that does not like the certificate goes away.
        }
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return head + new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket one : open) {
            one.close();
        }
        threads.shutdownNow();
    }
}
