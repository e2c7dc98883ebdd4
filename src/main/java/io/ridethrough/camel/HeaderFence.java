package io.ridethrough.camel;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/**
 * No header from outside steers a component (reliability 5.3): what comes in over a wire keeps an allow-list of headers,
 * and before anything goes out over a wire every {@code Camel*} header is removed again, whatever its case, unless its
 * value is {@link Typed}.
 */
public final class HeaderFence implements InterceptStrategy, RoutePolicyFactory {
    private static final Set<String> WIRES = Set.of("http", "https", "kept-ssh", "ssh", "paho-mqtt5");
    private static final Set<String> CONSUMERS = Set.of("platform-http", "paho-mqtt5", "quartz");
    private static final Set<String> KEPT = Set.of(
            "camelmqtttopic",
            "camelhttpmethod",
            "camelhttppath",
            "camelhttpquery",
            "authorization",
            "content-type",
            "content-length",
            "scheduledfiretime",
            "firetime",
            "id");
    private static final Set<String> SENT = Set.of("camelhttpmethod", "camelhttpresponsecode", "content-type");

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
        if (definition instanceof SendDefinition<?> send && WIRES.contains(scheme(send.getEndpointUri()))) {
            return new DelegateAsyncProcessor(target) {
                @Override
                public boolean process(Exchange exchange, AsyncCallback callback) {
                    fence(exchange, SENT, true);
                    return super.process(exchange, callback);
                }
            };
        }
        return target;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route begun, Exchange exchange) {
                if (CONSUMERS.contains(scheme(begun.getEndpoint().getEndpointUri()))) {
                    fence(exchange, KEPT, false);
                }
            }
        };
    }

    private static String scheme(String uri) {
        int colon = uri.indexOf(':');
        return (colon < 0 ? uri : uri.substring(0, colon)).toLowerCase(Locale.ROOT);
    }

    private static void fence(Exchange exchange, Set<String> allowed, boolean camelOnly) {
        for (String name : List.copyOf(exchange.getMessage().getHeaders().keySet())) {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean suspect = !camelOnly || lower.startsWith("camel") || lower.startsWith("org.apache.camel");
            boolean ours = camelOnly && exchange.getMessage().getHeader(name) instanceof Typed;
            if (suspect && !ours && !allowed.contains(lower)) {
                exchange.getMessage().removeHeader(name);
            }
        }
    }
}
