package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.tls.Pins;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** The product's own way of calling interfaces, without the rest of the service: for one look from the command line. */
public final class LoneHttps implements AutoCloseable {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ExecutorService callers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "look");
        thread.setDaemon(true);
        return thread;
    });
    private final RoutedHttps https;

    /**
     * Starts at once.
     *
     * @param routes the folder of the routes
     * @param roots where each target's interface is
     */
    public LoneHttps(Path routes, Wiring wiring, Pins pins, Map<AssetId, String> roots) {
        context.getRegistry().bind("faults", new Faults());
        context.getCamelContextExtension().addInterceptStrategy(new HeaderFence());
        https = new RoutedHttps(context, wiring, pins, new WallTime(1, callers), callers, 1);
        try {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(List.of(file(routes, "errors.yaml"), file(routes, "targets/https-target.yaml")));
            context.start();
        } catch (Exception e) {
            close();
            throw new IllegalStateException("the route to an interface cannot be loaded from " + routes, e);
        }
        https.follow(roots);
    }

    private Resource file(Path routes, String name) {
        return PluginHelper.getResourceLoader(context)
                .resolveResource("file:" + routes.resolve(name).toAbsolutePath());
    }

    /** To call them by. */
    public Https https() {
        return https;
    }

    @Override
    public void close() {
        context.stop();
        callers.shutdownNow();
    }
}
