package io.ridethrough.lab.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All listening ports of the simulated world that answer with a few bytes, on one thread. */
public final class TcpResponders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpResponders.class);
    private static final int LONGEST = 16_384;

    /** What a port says: bytes once enough was read, empty while it wants to read on. */
    public interface Voice extends Function<byte[], Optional<byte[]>> {
        /** Accepts and says nothing until the client goes. */
        Voice MUTE = heard -> Optional.empty();
    }

    private record Talk(Voice voice, ByteArrayOutputStream heard) {}

    private static final long LONGEST_TURN_SECONDS = 5;

    private final Selector selector;
    private final Queue<CountDownLatch> turns = new ConcurrentLinkedQueue<>();
    private final Thread thread;

    public TcpResponders() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::serve, "lab-responders");
        thread.setDaemon(true);
        thread.start();
    }

    /** Listens at {@code address}; closing the answer ends it and every connection to it is refused from then on. */
    public AutoCloseable listen(InetSocketAddress address, Voice voice) {
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.configureBlocking(false);
            bind(server, address);
            selector.wakeup();
            SelectionKey key = server.register(selector, SelectionKey.OP_ACCEPT, voice);
            selector.wakeup();
            return () -> {
                key.cancel();
                server.close();
                awaitTurn();
            };
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen at " + address, e);
        }
    }

    /** A closed channel goes on listening until its selector has had a whole turn. */
    private void awaitTurn() throws InterruptedException {
        if (!selector.isOpen()) {
            return;
        }
        CountDownLatch turn = new CountDownLatch(1);
        turns.add(turn);
        selector.wakeup();
        if (!turn.await(LONGEST_TURN_SECONDS, TimeUnit.SECONDS) && selector.isOpen()) {
            throw new IllegalStateException("the responders do not turn");
        }
    }

    /** A port closed a moment ago is freed by the selector's next turn: it is waited for, a second at most. */
    private void bind(ServerSocketChannel server, InetSocketAddress address) throws IOException {
        for (int left = 200; ; left--) {
            try {
                server.bind(address);
                return;
            } catch (BindException e) {
                if (left == 0) {
                    throw e;
                }
                selector.wakeup();
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    private void serve() {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (selector.isOpen()) {
            try {
                CountDownLatch waiting = turns.poll();
                if (waiting == null) {
                    selector.select();
                } else {
                    selector.selectNow();
                    waiting.countDown();
                }
                if (!selector.isOpen()) {
                    return;
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    turn(key, buffer);
                }
                selector.selectedKeys().clear();
            } catch (IOException e) {
                LOG.atError().setCause(e).log("lab: the responders ended");
                return;
            }
        }
    }

    private void turn(SelectionKey key, ByteBuffer buffer) {
        try {
            if (!key.isValid()) {
                return;
            }
            if (key.channel() instanceof ServerSocketChannel server) {
                SocketChannel client = server.accept();
                if (client != null) {
                    client.configureBlocking(false);
                    client.register(
                            selector,
                            SelectionKey.OP_READ,
                            new Talk((Voice) key.attachment(), new ByteArrayOutputStream()));
                }
            } else if (key.channel() instanceof SocketChannel client) {
                hear(client, (Talk) key.attachment(), buffer);
            }
        } catch (IOException e) {
            key.cancel();
            quietly(key);
        }
    }

    private static void quietly(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("lab: a connection closed badly");
        }
    }

    private static void hear(SocketChannel client, Talk talk, ByteBuffer buffer) throws IOException {
        buffer.clear();
        int n = client.read(buffer);
        if (n < 0 || talk.heard.size() > LONGEST) {
            client.close();
            return;
        }
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        talk.heard.writeBytes(bytes);
        Optional<byte[]> said = talk.voice.apply(talk.heard.toByteArray());
        if (said.isPresent()) {
            client.write(ByteBuffer.wrap(said.get()));
            client.close();
        }
    }

    /** An HTTP/1.1 voice: {@code status} is asked with the request's target; every answer closes the connection. */
    public static Voice http(Function<String, Integer> status) {
        return heard -> {
            String text = new String(heard, StandardCharsets.ISO_8859_1);
            if (!text.contains("\r\n\r\n")) {
                return Optional.empty();
            }
            String[] request = text.split(" ", 3);
            int code = status.apply(request.length > 1 ? request[1] : "/");
            String location = code / 100 == 3 ? "Location: /\r\n" : "";
            String body = code == 204 || code == 304 || text.startsWith("HEAD") ? "" : "lab\n";
            return Optional.of(
                    ("HTTP/1.1 " + code + " Lab\r\n" + location + "Content-Type: text/plain\r\nContent-Length: "
                                    + body.length() + "\r\nConnection: close\r\n\r\n" + body)
                            .getBytes(StandardCharsets.ISO_8859_1));
        };
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
