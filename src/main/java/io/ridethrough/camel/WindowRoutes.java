package io.ridethrough.camel;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Policy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** One route per declared maintenance window, and one that watches for times that passed. */
public final class WindowRoutes {
    private static final String WATCH = "window-watch";

    private final CamelContext context;
    private final MaintenanceWindows windows;
    private final DeclaredRoutes<String, Policy.Window> routes;

    public WindowRoutes(CamelContext context, MaintenanceWindows windows) {
        this.context = context;
        this.windows = windows;
        this.routes = new DeclaredRoutes<>(context, id -> "window-" + id, (id, window) -> add(window));
    }

    /** These windows are declared from now on; of new ones, what fell due while nobody kept them is reported. */
    public void follow(Contracts contracts) {
        Map<String, Policy.Window> declared = new LinkedHashMap<>();
        contracts.policy().windows().forEach(window -> declared.put(window.id(), window));
        routes.follow(declared);
        if (!declared.isEmpty() && context.getRoute(WATCH) == null) {
            context.getRegistry().bind("windows", windows);
            TemplatedRouteBuilder.builder(context, WATCH).routeId(WATCH).add();
        }
    }

    private void add(Policy.Window window) {
        windows.keep(window);
        context.getRegistry().bind("window-" + window.id(), windows.of(window));
        TemplatedRouteBuilder.builder(context, "window-fire")
                .routeId("window-" + window.id())
                .parameter("window", window.id())
                .parameter("cron", window.cron())
                .parameter("zone", window.zone().getId())
                .add();
    }
}
