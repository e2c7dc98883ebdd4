package io.ridethrough.target.tcp;

import io.ridethrough.target.Pace;
import io.ridethrough.target.Wiring;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Knocks with real sockets, without holding a thread. */
public final class SocketKnock implements Knock {
    private final Wiring wiring;
    private final Pace time;

    public SocketKnock(Wiring wiring, Pace time) {
        this.wiring = wiring;
        this.time = time;
    }

    @Override
    public CompletionStage<Heard> knock(String host, int port, Duration limit) {
        CompletableFuture<Heard> heard = new CompletableFuture<>();
        try {
            InetSocketAddress to = wiring.tcp(host, port);
            if (to.isUnresolved()) {
                return CompletableFuture.completedFuture(new Heard(Sign.BLIND, "no address for " + host));
            }
            connect(to, heard);
        } catch (IOException | RuntimeException e) {
            heard.complete(new Heard(Sign.BLIND, String.valueOf(e.getMessage())));
            return heard;
        }
        time.after(limit).thenRun(() -> heard.complete(new Heard(Sign.UNANSWERED, "no answer")));
        return heard;
    }

    private static void connect(InetSocketAddress to, CompletableFuture<Heard> heard) throws IOException {
        AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
        CompletionStage<Heard> answered = heard;
        answered.whenComplete((done, trouble) -> close(channel));
        try {
            channel.connect(to, null, new CompletionHandler<@Nullable Void, @Nullable Void>() {
                @Override
                public void completed(@Nullable Void result, @Nullable Void attachment) {
                    heard.complete(new Heard(Sign.ACCEPTED, "accepted"));
                }

                @Override
                public void failed(Throwable trouble, @Nullable Void attachment) {
                    heard.complete(classify(trouble));
                }
            });
        } catch (RuntimeException e) {
            close(channel);
            throw e;
        }
    }

    private static void close(AsynchronousSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing was sent on it: there is nothing to lose
        }
    }

    private static Heard classify(Throwable trouble) {
        String why = String.valueOf(trouble.getMessage());
        String words = why.toLowerCase(Locale.ROOT);
        if (words.contains("refused") || words.contains("reset")) {
            return new Heard(Sign.REFUSED, "refused");
        }
        if (trouble instanceof NoRouteToHostException || words.contains("no route to host")) {
            return new Heard(Sign.UNANSWERED, "no route to host");
        }
        if (trouble instanceof ConnectException && words.contains("timed out")) {
            return new Heard(Sign.UNANSWERED, "no answer");
        }
        return new Heard(Sign.BLIND, why);
    }
}
