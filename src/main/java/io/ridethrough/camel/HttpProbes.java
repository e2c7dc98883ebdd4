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
 * httpProbes}; its routes follow what is declared once Camel is there. Thread-safe.
 */
public final class HttpProbes implements HttpAsk {
    private final DeclaredRoutes<String, String> routes;
    private final ProducerTemplate template;
    /** Where each URL is asked. */
    private volatile Map<String, String> asked = Map.of();

    /** Call before the context starts. */
    public HttpProbes(CamelContext context) {
        template = context.createProducerTemplate();
        routes = new DeclaredRoutes<>(context, HttpProbes::routeOf, (probe, url) -> add(context, probe, url));
    }

    /** Each declared URL has its route from now on; the templates must have been read. */
    public void follow(Contracts contracts) {
        Map<String, String> urls = new TreeMap<>();
        Map<String, String> where = new TreeMap<>();
        contracts.sites().values().forEach(site -> site.probes().stream()
                .filter(Probe.Http.class::isInstance)
                .map(Probe.Http.class::cast)
                .forEach(probe -> {
                    String name = site.id() + "-" + probe.id();
                    if (where.putIfAbsent(probe.url(), "direct:" + routeOf(name)) == null) {
                        urls.put(name, probe.url());
                    }
                }));
        routes.follow(urls);
        asked = where;
    }

    private static String routeOf(String probe) {
        return "probe-http-" + probe;
    }

    private static void add(CamelContext context, String probe, String url) {
        TemplatedRouteBuilder.builder(context, "probe-http")
                .routeId(routeOf(probe))
                .parameter("probe", probe)
                .parameter("url", url)
                .add();
    }

    @Override
    public CompletionStage<Told> get(String url) {
        String route = asked.get(url);
        if (route == null) {
            return CompletableFuture.completedFuture(new Told.Silent("no question of that URL is declared"));
        }
        return template.asyncSend(route, exchange -> {})
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
