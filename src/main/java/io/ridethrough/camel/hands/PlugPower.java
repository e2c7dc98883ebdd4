package io.ridethrough.camel.hands;

import io.ridethrough.contract.WakeWay.Plug;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Time;
import io.ridethrough.target.plug.PlugAsk;
import io.ridethrough.target.plug.PlugTold;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gives power by a plug, and takes it only to give it back. After each switching the plug's own state is looked at. */
final class PlugPower {
    /** So that a supply's capacitors are empty and its firmware sees power return. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Way<PlugAsk> plugs;
    private final Time time;

    PlugPower(Way<PlugAsk> plugs, Time time) {
        this.plugs = plugs;
        this.time = time;
    }

    CompletionStage<Told> state(Plug plug) {
        return plugs.ask(plug.device(), new PlugAsk.State());
    }

    /** Switches on one that was seen to be off. */
    CompletionStage<Answer> on(Plug plug, Duration limit) {
        return turned(plug, true, limit).thenApply(Answers::of);
    }

    /** Off and on again. Once it may be off, it is told to be on whatever came of that. */
    CompletionStage<Answer> cycled(Plug plug, Duration limit) {
        return turned(plug, false, limit).thenCompose(off -> {
            if (!(off instanceof Told.Done || off instanceof Told.Lost)) {
                return CompletableFuture.completedFuture(Answers.of(off));
            }
            return time.after(PAUSE)
                    .thenCompose(paused -> turned(plug, true, limit))
                    .thenApply(on -> Answers.cycled(off, on));
        });
    }

    private CompletionStage<Told> turned(Plug plug, boolean on, Duration limit) {
        return plugs.ask(plug.device(), new PlugAsk.Switch(on, limit))
                .thenCompose(told -> told instanceof Told.Done || told instanceof Told.Lost
                        ? state(plug).thenApply(seen -> judged(told, seen, on))
                        : CompletableFuture.completedFuture(told));
    }

    private static Told judged(Told told, Told seen, boolean on) {
        String both = told.words() + ", and it is seen " + seen.words();
        if (!(seen instanceof PlugTold.State state)) {
            return new Told.Lost(told.words() + ", and its state is not seen: " + seen.words());
        }
        if (state.on() == on) {
            return new Told.Done(both);
        }
        return told instanceof Told.Done ? new Told.Declined(both) : new Told.Lost(both);
    }
}
