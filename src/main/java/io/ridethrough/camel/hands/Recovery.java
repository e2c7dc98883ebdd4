package io.ridethrough.camel.hands;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Stack;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** RECOVER: what should be up is looked at as at startup and brought up the same way, as often as its site allows. */
final class Recovery implements Hands {
    private final Tools tools;
    private final Hands start;
    private final Hands up;
    private final Hands wake;

    Recovery(Tools tools, Hands start, Hands up, Hands wake) {
        this.tools = tools;
        this.start = start;
        this.up = up;
        this.wake = wake;
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        return family(step)
                .map(hands -> hands.look(step))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        new Sight.Mismatch("nothing that can be brought up from here")));
    }

    /** After a refusal the site's pause passes before the answer is given, so that attempts are spread. */
    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        Duration pause = site(step).map(site -> site.recovery().backOff()).orElse(Duration.ZERO);
        return family(step)
                .orElseThrow()
                .act(step, rung, limit)
                .thenCompose(answer -> answer instanceof Answer.Declined
                        ? tools.time().after(pause).thenApply(waited -> answer)
                        : CompletableFuture.completedFuture(answer));
    }

    @Override
    public CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
        return family(step).orElseThrow().trace(step, rung, since);
    }

    @Override
    public List<Rung> ladder(Step step) {
        int attempts = site(step).map(site -> site.recovery().attempts()).orElse(1);
        List<Rung> all = family(step).map(hands -> hands.ladder(step)).orElse(List.of());
        List<Rung> round = all.stream().distinct().toList();
        return Collections.nCopies(Math.max(1, attempts), round).stream()
                .flatMap(List::stream)
                .toList();
    }

    private Optional<Site> site(Step step) {
        return step.asset()
                .flatMap(asset -> Optional.ofNullable(tools.contracts().sites().get(asset.site())));
    }

    private Optional<Hands> family(Step step) {
        Optional<Asset> asset = step.asset().flatMap(tools.contracts()::asset);
        if (asset.filter(Guest.class::isInstance).isPresent()) {
            return Optional.of(start);
        }
        if (asset.filter(Stack.class::isInstance).isPresent()) {
            return Optional.of(up);
        }
        return asset.filter(a -> a instanceof Node || a instanceof Nas).map(a -> wake);
    }
}
