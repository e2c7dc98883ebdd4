package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.WakeWay.Management;
import io.ridethrough.run.Answer;
import io.ridethrough.target.off.PowerProof.Shown;
import io.ridethrough.target.redfish.RedfishAsk;
import io.ridethrough.target.redfish.RedfishTold;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** What the management controller of a host that declares one tells of its being off (R20), and does for it. */
final class ManagedPower {
    private final Way<RedfishAsk> managements;
    private final Predicate<AssetId> held;

    /** @param held what a person holds now: a controller that is held is told nothing (R36) */
    ManagedPower(Way<RedfishAsk> managements, Predicate<AssetId> held) {
        this.managements = managements;
        this.held = held;
    }

    /** Whether there is power; empty where no controller is declared, or it does not tell: that says nothing. */
    CompletionStage<Optional<Shown>> shown(PowerHost host) {
        return of(host).map(one -> managements
                        .ask(one.controller(), new RedfishAsk.Power())
                        .thenApply(told -> shown(one, told)))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private static Optional<Shown> shown(Management controller, Told told) {
        return told instanceof RedfishTold.Power power && power.state() != RedfishTold.State.UNKNOWN
                ? Optional.of(new Shown(
                        power.state() == RedfishTold.State.OFF,
                        true,
                        "its management controller " + controller.controller() + " says " + power.word()))
                : Optional.empty();
    }

    /** Has it press the power button, where neither way to the host itself certainly delivered a power-off. */
    CompletionStage<Answer> shutDown(PowerHost host, Answer byHost, Duration limit) {
        Optional<Management> declared = of(host).filter(one -> !held.test(one.controller()));
        if (declared.isEmpty()) {
            return CompletableFuture.completedFuture(byHost);
        }
        return managements
                .ask(declared.get().controller(), new RedfishAsk.GracefulShutdown(limit))
                .thenApply(told -> {
                    Answer byIt = Answers.of(told, " (the host did not get it: " + byHost.evidence() + ")");
                    return byIt instanceof Answer.Accepted || byIt instanceof Answer.Lost
                            ? byIt
                            : withItsNo(byHost, byIt.evidence());
                });
    }

    private static Answer withItsNo(Answer byHost, String no) {
        String evidence = byHost.evidence() + "; its management controller did not do it either: " + no;
        if (byHost instanceof Answer.Undelivered) {
            return new Answer.Undelivered(evidence);
        }
        return byHost instanceof Answer.Resting ? new Answer.Resting(evidence) : new Answer.Barred(evidence);
    }

    private static Optional<Management> of(PowerHost host) {
        return host.wake().stream()
                .filter(Management.class::isInstance)
                .map(Management.class::cast)
                .findFirst();
    }
}
