package io.ridethrough.camel;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Probe;
import io.ridethrough.target.Said;
import io.ridethrough.target.probe.HttpAsk;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Asks declared URLs through routes: one from the template {@code probe-http} for each question. Bound as {@code
 * httpProbes}; its routes are made by {@link #connect}, once Camel is there. Thread-safe after that.
 */
public final class HttpProbes implements HttpAsk {
    private final Map<String, String> routes = new TreeMap<>();
    private @Nullable ProducerTemplate template;

    /** Makes a route for each declared URL; the templates must have been read. */
    public void connect(CamelContext context, Contracts contracts) {
        contracts.sites().values().forEach(site -> site.probes().stream()
                .filter(Probe.Http.class::isInstance)
                .map(Probe.Http.class::cast)
                .forEach(probe -> connect(context, site.id() + "-" + probe.id(), probe.url())));
        template = context.createProducerTemplate();
    }

    private void connect(CamelContext context, String name, String url) {
        if (routes.putIfAbsent(url, "direct:probe-http-" + name) == null) {
            TemplatedRouteBuilder.builder(context, "probe-http")
                    .parameter("probe", name)
                    .parameter("url", url)
                    .add();
        }
    }

    @Override
    public CompletionStage<Told> get(String url) {
        String route = routes.get(url);
        if (route == null) {
            return CompletableFuture.completedFuture(new Told.Silent("no question of that URL is declared"));
        }
        return Objects.requireNonNull(template, "connected first")
                .asyncSend(route, exchange -> {})
                .thenApply(exchange -> exchange.getMessage().getBody() instanceof Told told
                        ? told
                        : new Told.Silent("its route broke; the log says why"));
    }

    /** Called by the route: any status is an answer. */
    public Told told(@Header(Exchange.HTTP_RESPONSE_CODE) int code) {
        return new Told.Status(code);
    }

    /** Called by the route: what kept the answer away, in its own words. */
    public Told trouble(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) @Nullable Throwable trouble) {
        String why = trouble == null ? "not asked: too many failures before" : Said.line(String.valueOf(trouble));
        boolean silent = trouble == null
                || trouble instanceof InterruptedIOException
                || trouble instanceof NoRouteToHostException
                || !(trouble instanceof ConnectException
                        || trouble instanceof SocketException
                        || trouble instanceof javax.net.ssl.SSLException
                        || trouble instanceof org.apache.hc.core5.http.HttpException
                        || trouble instanceof org.apache.hc.core5.http.NoHttpResponseException);
        return silent ? new Told.Silent(why) : new Told.Refused(why);
    }
}
