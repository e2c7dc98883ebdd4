package io.ridethrough.camel.hands;

import io.ridethrough.contract.Guest;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Trace;
import io.ridethrough.target.proxmox.GuestState;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** START: up is a guest that runs, that answers where its contract asks for that, and whose Home Assistant runs. */
final class GuestStart implements Hands {
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final Guests guests;

    private final HomeStart homes;
    private final GuestTrace trace;
    private final QuorumWait quorum;

    GuestStart(Guests guests, HomeStart homes, GuestTrace trace, QuorumWait quorum) {
        this.quorum = quorum;
        this.guests = guests;
        this.homes = homes;
        this.trace = trace;
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        Optional<Guests.OnNode> at = guests.of(step);
        return at.isEmpty()
                ? CompletableFuture.completedFuture(new Sight.Mismatch("not a guest: nothing to start"))
                : guests.look(at.get(), there -> judged(step, at.get(), there));
    }

    private CompletionStage<Sight> judged(Step step, Guests.OnNode at, GuestState.At there) {
        if (!there.running()) {
            return CompletableFuture.completedFuture(new Sight.Other("status: " + there.word()));
        }
        if (at.guest().ready() == Guest.Ready.RUNNING) {
            return ready(step, at, new Sight.Desired("status: running"));
        }
        return guests.ask(at, new NodeAsk.Respond(at.guest().form(), at.guest().vmid()))
                .thenApply(GuestStart::responds)
                .thenCompose(sight -> sight instanceof Sight.Desired
                        ? ready(step, at, sight)
                        : CompletableFuture.completedFuture(sight));
    }

    private CompletionStage<Sight> ready(Step step, Guests.OnNode at, Sight on) {
        return step.verb() == Verb.RECOVER ? homes.recovered(at.guest(), on) : homes.ready(at.guest(), on);
    }

    private static Sight responds(Told told) {
        if (told instanceof Told.Done) {
            return new Sight.Desired("status: running, and it responds");
        }
        return told instanceof Told.Declined no
                ? new Sight.Other("status: running, does not respond yet: " + no.evidence())
                : new Sight.Unseen("status: running; whether it responds: "
                        + Answers.of(told).evidence());
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        Guests.OnNode at = guests.of(step).orElseThrow();
        NodeAsk start = new NodeAsk.Start(at.guest().form(), at.guest().vmid(), limit);
        return quorum.at(at.node(), limit.dividedBy(2))
                .thenCompose(came -> came == QuorumWait.Came.QUORATE
                        ? started(at, start)
                        : CompletableFuture.completedFuture(
                                new Answer.Undelivered("not sent: its cluster is not quorate")));
    }

    private CompletionStage<Answer> started(Guests.OnNode at, NodeAsk start) {
        return homes.needed(at.guest())
                .thenCompose(waited -> guests.ask(at, start).thenApply(told -> Answers.of(told, waited)));
    }

    @Override
    public CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
        return trace.of(guests.of(step).orElseThrow(), GuestTrace.Sent.START, since);
    }

    @Override
    public List<Rung> ladder(Step step) {
        return guests.of(step)
                .map(at -> List.of(new Rung(
                        Rung.Force.GRACEFUL,
                        at.guest().start().multipliedBy(2).plus(MARGIN).plus(homes.patience(at.guest())))))
                .orElse(List.of());
    }
}
