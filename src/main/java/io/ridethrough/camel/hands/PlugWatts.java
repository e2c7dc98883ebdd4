package io.ridethrough.camel.hands;

import io.ridethrough.contract.WakeWay.Plug;
import io.ridethrough.target.off.PowerProof.Shown;
import io.ridethrough.target.plug.PlugAsk;
import io.ridethrough.target.plug.PlugTold;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the plug of a host tells of its being off (R20), where watts are declared to be a sign of it. */
final class PlugWatts {
    private final Way<PlugAsk> plugs;

    PlugWatts(Way<PlugAsk> plugs) {
        this.plugs = plugs;
    }

    /** What is drawn now; empty where nothing is declared, or the plug does not tell: that says nothing. */
    CompletionStage<Optional<Shown>> drawn(PowerHost host) {
        return host.wake().stream()
                .filter(Plug.class::isInstance)
                .map(Plug.class::cast)
                .filter(plug -> plug.offBelow().isPresent())
                .findFirst()
                .map(plug -> plugs.ask(plug.device(), new PlugAsk.State()).thenApply(told -> drawn(plug, told)))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private static Optional<Shown> drawn(Plug plug, Told told) {
        if (!(told instanceof PlugTold.State state)
                || (state.on() && state.watts().isEmpty())) {
            return Optional.empty();
        }
        double below = plug.offBelow().orElse(0);
        return Optional.of(new Shown(
                !state.on() || state.watts().orElse(0) < below,
                false,
                "its plug " + plug.device() + " is " + state.words() + " (off below " + below + " W)"));
    }
}
