package io.ridethrough.camel;

import io.ridethrough.plan.Intent;
import io.ridethrough.run.Begun;
import io.ridethrough.run.Resume;
import io.ridethrough.run.Ruled;
import io.ridethrough.run.Ruling;
import io.ridethrough.run.Starts;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;

/**
 * Camel with the product's routes: beans are bound by name, routes are read from files, and both are started together.
 *
 * <p>Not thread-safe until started. A route that cannot be read or a bean that is missing makes the start fail. While
 * it starts and stops the API says that it is not ready.
 */
public final class Engine implements AutoCloseable {
    /**
     * What an engine is started with.
     *
     * @param routes the folder of route files
     * @param properties what the routes' placeholders mean
     * @param httpHost where the API listens
     * @param httpPort 0 for none
     */
    public record Settings(Path routes, Map<String, String> properties, String httpHost, int httpPort) {
        public Settings {
            properties = Map.copyOf(properties);
        }
    }

    private final Main main = new Main();

    public Engine(Settings settings) {
        main.setDefaultPropertyPlaceholderLocation("false");
        settings.properties().forEach(main::addInitialProperty);
        main.configure()
                .withRoutesIncludePattern("file:" + settings.routes().toAbsolutePath() + "/**/*.yaml")
                .withAutoConfigurationLogSummary(false);
        HeaderFence fence = new HeaderFence();
        main.bind("headerFence", fence);
        main.bind("join", new Join());
        main.bind("faults", new Faults());
        main.bind("http", new HttpEdge());
        main.init();
        context().getCamelContextExtension().addInterceptStrategy(fence);
        context().addRoutePolicyFactory(fence);
        if (settings.httpPort() != 0) {
            listen(new ApiServer(context(), settings.httpHost(), settings.httpPort()));
        }
    }

    /** The context starts it before its routes, and stops it after them. */
    private void listen(ApiServer server) {
        try {
            context().addService(server, true, true);
        } catch (Exception e) {
            throw new IllegalStateException("the API cannot listen", e);
        }
    }

    /** Makes a bean known to the routes. */
    public void bind(String name, Object bean) {
        context().getRegistry().bind(name, bean);
    }

    public void start() {
        main.start();
    }

    /** The running Camel, for components and route templates. */
    public CamelContext context() {
        return main.getCamelContext();
    }

    /** Hands intents to the route {@code run-begin}, a person's word to {@code run-rule}, what may go on to {@code run-resume}. */
    public Starts starts() {
        ProducerTemplate template = context().createProducerTemplate();
        return new Starts() {
            @Override
            public CompletionStage<Begun> begin(Intent intent) {
                return template.asyncSend("direct:run-begin", exchange -> exchange.getMessage()
                                .setBody(intent))
                        .thenApply(Engine::begun);
            }

            @Override
            public CompletionStage<Ruled> rule(Ruling ruling) {
                return template.asyncSend("direct:run-rule", exchange -> exchange.getMessage()
                                .setBody(ruling))
                        .thenApply(Engine::ruled);
            }

            @Override
            public void resume(Resume which) {
                template.sendBody("direct:run-resume", which);
            }
        };
    }

    private static Begun begun(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Begun begun) {
            return begun;
        }
        return new Begun.Denied("the run could not be begun; the log says why");
    }

    private static Ruled ruled(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Ruled ruled) {
            return ruled;
        }
        return new Ruled.Denied("the word could not be taken; the log says why");
    }

    @Override
    public void close() {
        main.stop();
    }
}
