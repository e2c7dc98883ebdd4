package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.target.Pace;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.tls.Pins;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends calls through one route per target, made from the template {@code https-target}. A target whose certificate is
 * not pinned is not called.
 */
public final class RoutedHttps implements Https {
    private static final int CONNECT_SECONDS = 5;

    private final CamelContext context;
    private final Wiring wiring;
    private final Pins pins;
    private final Pace pace;
    private final Executor callers;
    private final double speed;
    private final ProducerTemplate template;
    private final Map<AssetId, Optional<String>> targets = new ConcurrentHashMap<>();

    /** How many calls go to one target side by side at most; more wait for a connection. */
    public static int sideBySide() {
        return PinnedHttp.CONNECTIONS;
    }

    /**
     * Call before the context starts.
     *
     * @param callers has a thread for each call that goes on at a time: a target that hangs holds some of them
     * @param speed how many times faster than the real world the targets run; 1 in service
     */
    public RoutedHttps(CamelContext context, Wiring wiring, Pins pins, Pace pace, Executor callers, double speed) {
        this.context = context;
        this.wiring = wiring;
        this.pins = pins;
        this.pace = pace;
        this.callers = callers;
        this.speed = speed;
        this.template = context.createProducerTemplate();
        context.getRegistry().bind("httpsAnswers", new HttpsAnswers());
    }

    /** Adds the route of a target that has none yet; the context has started. */
    public void add(AssetId target, String root) {
        if (targets.containsKey(target)) {
            return;
        }
        boolean secure = "https".equals(URI.create(root).getScheme());
        Optional<Pin> pin = secure ? pins.pin(target) : Optional.empty();
        if (secure && pin.isEmpty()) {
            targets.put(target, Optional.of("no certificate is pinned for " + target + " (" + root + ")"));
            return;
        }
        Timeout connect = Timeout.ofMilliseconds(Math.max(200, (long) (CONNECT_SECONDS * 1000 / speed)));
        context.getRegistry().bind("https-" + target, new PinnedHttp(wiring, pin, connect));
        TemplatedRouteBuilder.builder(context, "https-target")
                .routeId("https-" + target)
                .parameter("target", target.toString())
                .parameter("root", root)
                .add();
        targets.put(target, Optional.empty());
    }

    @Override
    public CompletionStage<HttpReply> send(AssetId target, HttpCall call) {
        Optional<String> unusable =
                targets.getOrDefault(target, Optional.of("no interface of " + target + " is declared"));
        if (unusable.isPresent()) {
            return CompletableFuture.completedFuture(
                    new HttpReply.Undelivered(HttpReply.Cause.UNDECLARED, unusable.get()));
        }
        CompletableFuture<HttpReply> reply = CompletableFuture.supplyAsync(() -> exchanged(target, call), callers)
                .exceptionally(RoutedHttps::broken);
        pace.after(call.limit())
                .thenRun(() -> reply.complete(new HttpReply.TimedOut(
                        "no answer to " + call + " within " + call.limit().toSeconds() + " s")));
        return reply;
    }

    private HttpReply exchanged(AssetId target, HttpCall call) {
        Exchange done = template.send("direct:https-" + target, exchange -> prepare(exchange, call));
        if (done.getMessage().getBody() instanceof HttpReply reply) {
            return reply;
        }
        Throwable trouble = done.getException() != null
                ? done.getException()
                : done.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return trouble == null
                ? new HttpReply.Lost("the route of " + target + " gave no answer")
                : HttpsAnswers.trouble(trouble);
    }

    private static void prepare(Exchange exchange, HttpCall call) {
        Map<String, Object> headers = exchange.getMessage().getHeaders();
        headers.put(Exchange.HTTP_METHOD, call.method().name());
        headers.put(Exchange.HTTP_PATH, new Typed(call.path()));
        if (!call.query().isEmpty()) {
            headers.put(Exchange.HTTP_QUERY, new Typed(call.query()));
        }
        call.headers().forEach((name, value) -> headers.put(name, value.text()));
        call.body().ifPresent(body -> {
            headers.put(Exchange.CONTENT_TYPE, body.type());
            exchange.getMessage().setBody(body.content().bytes());
        });
    }

    private static HttpReply broken(Throwable trouble) {
        Throwable cause =
                trouble instanceof CompletionException && trouble.getCause() != null ? trouble.getCause() : trouble;
        return HttpsAnswers.trouble(cause);
    }
}
