package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Ups;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.target.nut.NutClient;
import io.ridethrough.target.nut.Outlet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** CUT_OFF: as wished is a UPS whose timer runs, or that took the command and whose timer tells nothing (R35). */
final class UpsCutOff implements Hands {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration RUNG = Duration.ofSeconds(20);

    private final Supplier<Contracts> contracts;
    private final BiFunction<AssetId, Ups.NutSource, NutClient> clients;
    private final Executor executor;
    /** What took the command of this process, with what it said. */
    private final Map<AssetId, String> took = new ConcurrentHashMap<>();

    UpsCutOff(Supplier<Contracts> contracts, BiFunction<AssetId, Ups.NutSource, NutClient> clients, Executor executor) {
        this.contracts = contracts;
        this.clients = clients;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        return look(step.asset().orElseThrow());
    }

    CompletionStage<Sight> look(AssetId id) {
        return asked(
                id,
                client -> sight(id, client.outlet(declared(id), PATIENCE)),
                new Sight.Mismatch("no UPS that cuts its load"));
    }

    private Sight sight(AssetId id, Outlet outlet) {
        if (outlet instanceof Outlet.CountingDown down) {
            return new Sight.Desired(down.evidence());
        }
        if (outlet instanceof Outlet.OnMains mains) {
            took.remove(id);
            return new Sight.Mismatch(mains.evidence());
        }
        if (outlet instanceof Outlet.Unseen unseen) {
            return new Sight.Unseen(unseen.evidence());
        }
        return Optional.ofNullable(took.get(id))
                .<Sight>map(said -> new Sight.Desired(said + "; its timer tells nothing of it"))
                .orElseGet(() -> new Sight.Other(outlet.evidence()));
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        AssetId id = step.asset().orElseThrow();
        return tell(id, declared(id));
    }

    /** Tells it to cut its load after the delay, or after what it declares when that is longer. */
    CompletionStage<Answer> tell(AssetId id, Duration delay) {
        Duration declared = declared(id);
        Duration longer = delay.compareTo(declared) > 0 ? delay : declared;
        return asked(
                        id,
                        client -> Answers.of(client.cutOff(longer, PATIENCE)),
                        new Answer.Declined("no UPS that cuts its load"))
                .thenApply(answer -> {
                    if (answer instanceof Answer.Accepted accepted) {
                        took.put(id, accepted.evidence());
                    }
                    return answer;
                });
    }

    CompletionStage<Answer> callBack(AssetId id) {
        took.remove(id);
        return asked(
                id, client -> Answers.of(client.keepOn(PATIENCE)), new Answer.Declined("no UPS that cuts its load"));
    }

    @Override
    public List<Rung> ladder(Step step) {
        return step.asset().filter(this::knows).isPresent() ? List.of(new Rung(Rung.Force.GRACEFUL, RUNG)) : List.of();
    }

    boolean knows(AssetId id) {
        return ups(id).isPresent();
    }

    private Duration declared(AssetId id) {
        return ups(id).flatMap(Ups::cutOff).orElse(Duration.ZERO);
    }

    private Optional<Ups> ups(AssetId id) {
        return contracts.get().sites().values().stream()
                .flatMap(site -> site.power().upses().stream())
                .filter(ups -> ups.id().equals(id) && ups.cutOff().isPresent())
                .findFirst();
    }

    private <T> CompletionStage<T> asked(AssetId id, Function<NutClient, T> question, T otherwise) {
        return ups(id).flatMap(Ups::nut)
                .map(source -> CompletableFuture.supplyAsync(() -> question.apply(clients.apply(id, source)), executor))
                .orElseGet(() -> CompletableFuture.completedFuture(otherwise));
    }
}
