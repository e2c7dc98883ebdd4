package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.target.Pace;
import io.ridethrough.target.Patience;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.tls.Pins;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
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
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final CamelContext context;
    private final Wiring wiring;
    private final Pins pins;
    private final Pace pace;
    private final Executor callers;
    private final Timeout connect;
    private final Patience patience;
    private final ProducerTemplate template;
    private final DeclaredRoutes<AssetId, Interface> routes;
    /** Why a declared target is not called; empty where it is. */
    private volatile Map<AssetId, Optional<String>> targets = Map.of();

    /** What the route of one target is made of. */
    private record Interface(String root, Optional<Pin> pin) {
        static Interface of(String root, Function<AssetId, Optional<Pin>> pins, AssetId target) {
            return new Interface(root, isSecure(root) ? pins.apply(target) : Optional.empty());
        }

        boolean isUnpinned() {
            return isSecure(root) && pin.isEmpty();
        }

        private static boolean isSecure(String root) {
            return "https".equals(URI.create(root).getScheme());
        }
    }

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
        this.connect = Timeout.of(Patience.toConnectAt(speed).onTheWall(CONNECT));
        this.patience = Patience.at(speed);
        this.template = context.createProducerTemplate();
        context.getRegistry().bind("httpsAnswers", new HttpsAnswers());
        this.routes = new DeclaredRoutes<>(context, target -> "https-" + target, this::add);
    }

    /**
     * Each of these targets has its route from now on, and no other; Camel has started. A target that is reached
     * elsewhere than before, or must show another certificate, is reached over new connections.
     *
     * @param roots where each target's interface is, as declared
     */
    public void follow(Map<AssetId, String> roots) {
        Map<AssetId, Interface> declared = new TreeMap<>();
        Map<AssetId, Optional<String>> callable = new TreeMap<>();
        roots.forEach((target, root) -> {
            Interface one = Interface.of(root, pins::pin, target);
            if (one.isUnpinned()) {
                callable.put(target, Optional.of("no certificate is pinned for " + target + " (" + root + ")"));
            } else {
                callable.put(target, Optional.empty());
                declared.put(target, one);
            }
        });
        targets = callable;
        routes.follow(declared);
    }

    private void add(AssetId target, Interface at) {
        context.getRegistry().bind("https-" + target, new PinnedHttp(wiring, at.pin(), connect));
        TemplatedRouteBuilder.builder(context, "https-target")
                .routeId("https-" + target)
                .parameter("target", target.toString())
                .parameter("root", at.root())
                .add();
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
        pace.after(patience.ofTargets(call.limit()))
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
