package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.target.Pace;
import io.ridethrough.target.way.Ask;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Asks each target of one kind through a route of its own, made from the template of its kind: the first way first, the
 * second as its fallback. A target without a first way is asked by the second alone.
 *
 * @param <T> the declared target
 * @param <A> what it is asked
 */
public final class RoutedWays<T, A extends Ask> implements Way<A> {
    /**
     * One kind of target.
     *
     * @param template the template of its routes, for example {@code proxmox-node}; its parameter is {@code target}
     * @param route what its routes' names begin with, for example {@code proxmox-}
     * @param bean the name by which the routes know the two ways
     * @param declared the targets of this kind that are declared
     * @param hasFirst whether the target declares what the first way needs
     * @param onlySecond what only the second way can tell or do
     * @param by what the second way is called in evidence, for example {@code by SSH; its API}
     */
    record Kind<T, A extends Ask>(
            String template,
            String route,
            String bean,
            Function<Contracts, Map<AssetId, T>> declared,
            Predicate<T> hasFirst,
            Predicate<A> onlySecond,
            String by) {}

    private final CamelContext context;
    private final Kind<T, A> kind;
    private final TwoWays<T, A> ways;
    private final ProducerTemplate template;
    private final DeclaredRoutes<AssetId, T> routes;
    private final Map<AssetId, Bulkhead> bulkheads = new ConcurrentHashMap<>();
    private volatile Map<AssetId, T> targets;
    /** Makes the bulkhead of a target; none where a way's own connections are the bound. */
    private volatile Optional<Supplier<Bulkhead>> bulkhead = Optional.empty();

    /** Call before the context starts. */
    RoutedWays(
            CamelContext context, Contracts contracts, Kind<T, A> kind, Way.Road<T, A> first, Way.Road<T, A> second) {
        this.context = context;
        this.kind = kind;
        this.ways = new TwoWays<>(first, second, kind.by());
        this.template = context.createProducerTemplate();
        this.targets = kind.declared().apply(contracts);
        this.routes = new DeclaredRoutes<>(context, this::routeOf, (id, target) -> add(id));
        context.getRegistry().bind(kind.bean(), ways);
    }

    /** Says how many calls its first way sends side by side to one target at most: it is bound by its connections. */
    public void bound(Breakers breakers, int calls) {
        breakers.limit(kind.route().substring(0, kind.route().length() - 1), calls);
    }

    /**
     * Lets no more than so many calls go to one target side by side, whichever way they go, and says so. For kinds whose
     * calls are short: where an act goes on for minutes, forced ones would wait behind it.
     *
     * @param pace the time in which a call waits for its turn
     */
    public void bulkhead(Breakers breakers, int calls, Pace pace) {
        bulkhead = Optional.of(() -> new Bulkhead(calls, pace));
        bound(breakers, calls);
    }

    /** These are declared from now on: each with a first way has its route, and no other; Camel has started. */
    public void follow(Contracts contracts) {
        Map<AssetId, T> now = kind.declared().apply(contracts);
        targets = now;
        Map<AssetId, T> twoWays = new TreeMap<>(now);
        twoWays.values().removeIf(kind.hasFirst().negate());
        routes.follow(twoWays);
    }

    private void add(AssetId id) {
        TemplatedRouteBuilder.builder(context, kind.template())
                .routeId(routeOf(id))
                .parameter("target", id.toString())
                .add();
    }

    private String routeOf(AssetId target) {
        return kind.route() + target;
    }

    @Override
    public CompletionStage<Told> ask(AssetId id, A ask) {
        Optional<T> target = Optional.ofNullable(targets.get(id));
        if (target.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new Told.Undelivered(id + " is not declared as a " + kind.template()));
        }
        WayCall<T, A> call = new WayCall<>(target.get(), ask);
        return admitted(id, ask, () -> sent(id, call));
    }

    private CompletionStage<Told> admitted(AssetId id, A ask, Supplier<CompletionStage<Told>> call) {
        return bulkhead.map(
                        made -> bulkheads.computeIfAbsent(id, one -> made.get()).pass(ask, call))
                .orElseGet(call);
    }

    private CompletionStage<Told> sent(AssetId id, WayCall<T, A> call) {
        if (kind.onlySecond().test(call.ask()) || context.getRoute(routeOf(id)) == null) {
            return ways.plain(call);
        }
        return template.asyncSend("direct:" + routeOf(id), exchange -> exchange.getMessage()
                        .setBody(call))
                .handle(RoutedWays::told);
    }

    /** Whether the target declares what the first way needs. */
    boolean hasFirst(AssetId id) {
        T target = targets.get(id);
        return target != null && kind.hasFirst().test(target);
    }

    /** Looks by the first way and by no other, whatever its breaker thinks: what it answers is wanted, not the answer. */
    CompletionStage<Told> byFirst(AssetId id, A look) {
        return alone(id, look, ways::firstAlone);
    }

    /** Looks by the second way and by no other. */
    CompletionStage<Told> bySecond(AssetId id, A look) {
        return alone(id, look, ways::plain);
    }

    private CompletionStage<Told> alone(AssetId id, A look, Function<WayCall<T, A>, CompletionStage<Told>> way) {
        T target = targets.get(id);
        return target == null || !(look instanceof Ask.Look)
                ? CompletableFuture.completedFuture(new Told.Undelivered(id + " is not asked that"))
                : admitted(id, look, () -> way.apply(new WayCall<>(target, look)));
    }

    private static Told told(@Nullable Exchange exchange, @Nullable Throwable broken) {
        if (exchange != null && exchange.getMessage().getBody() instanceof Told told) {
            return told;
        }
        Throwable why = exchange == null ? broken : exchange.getException();
        return new Told.Lost("the route gave no answer: " + why);
    }
}
