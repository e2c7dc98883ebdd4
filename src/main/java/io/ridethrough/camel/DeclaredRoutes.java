package io.ridethrough.camel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.CamelContext;

/**
 * The routes of one kind of declared thing. They follow what is declared: a thing that is new gets its route, one that
 * is gone loses it, one that is declared otherwise gets another. Every other keeps its route, and so its breaker, its
 * connections and what is under way in it. Thread-safe.
 *
 * @param <K> names a thing
 * @param <D> all that its route is made of
 */
final class DeclaredRoutes<K, D> {
    /** What is under way in a route that goes is a look, since no run holds its target: it gets so long to end. */
    private static final int ENDS_WITHIN_MILLIS = 50;

    private final CamelContext context;
    private final Function<K, String> name;
    private final BiConsumer<K, D> adding;
    private final Consumer<String> leaving;
    private final Map<K, D> standing = new HashMap<>();

    /**
     * @param name the id of a thing's route
     * @param adding adds that route
     */
    DeclaredRoutes(CamelContext context, Function<K, String> name, BiConsumer<K, D> adding) {
        this(context, name, adding, route -> {});
    }

    /** @param leaving is told of a route before it is removed */
    DeclaredRoutes(CamelContext context, Function<K, String> name, BiConsumer<K, D> adding, Consumer<String> leaving) {
        this.context = context;
        this.name = name;
        this.adding = adding;
        this.leaving = leaving;
    }

    /** From now on these are declared; Camel has started. Throws what kept any from its route, once all were tried. */
    synchronized void follow(Map<K, D> declared) {
        List<K> going = standing.entrySet().stream()
                .filter(one -> !one.getValue().equals(declared.get(one.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        List<RuntimeException> failed = new ArrayList<>();
        going.forEach(thing -> tried(failed, () -> {
            remove(name.apply(thing));
            standing.remove(thing);
        }));
        declared.forEach((thing, of) -> {
            if (!standing.containsKey(thing)) {
                tried(failed, () -> {
                    adding.accept(thing, of);
                    standing.put(thing, of);
                });
            }
        });
        if (!failed.isEmpty()) {
            throw failed.get(0);
        }
    }

    /** One that cannot be made keeps no other from its route. */
    private static void tried(List<RuntimeException> failed, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            failed.forEach(e::addSuppressed);
            failed.add(0, e);
        }
    }

    private void remove(String route) {
        leaving.accept(route);
        try {
            context.getRouteController().stopRoute(route, ENDS_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
            context.removeRoute(route);
        } catch (Exception e) {
            throw new IllegalStateException("the route " + route + " cannot be removed", e);
        }
    }
}
