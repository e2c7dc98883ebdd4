package io.ridethrough.camel.hands;

import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Busy;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Trace;
import io.ridethrough.target.proxmox.NodeAsk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * SHUT_DOWN: gracefully within the guest's grace, then by force where its contract permits (R21). What its
 * node certainly did not get, the Home Assistant in it is told instead.
 */
final class GuestShutdown implements Hands {
    private static final Duration MARGIN = Duration.ofSeconds(15);
    private static final Duration FORCED = Duration.ofSeconds(60);

    private final Guests guests;
    private final HomeStart homes;
    private final PowerKnowledge power;
    private final GuestTrace trace;
    private final NodeWork work;

    GuestShutdown(Guests guests, HomeStart homes, PowerKnowledge power, GuestTrace trace, NodeWork work) {
        this.guests = guests;
        this.homes = homes;
        this.power = power;
        this.trace = trace;
        this.work = work;
    }

    /** Off only where Proxmox says stopped in words, or where its node is proven off. */
    @Override
    public CompletionStage<Sight> look(Step step) {
        Optional<Guests.OnNode> at = guests.of(step);
        if (at.isEmpty()) {
            return CompletableFuture.completedFuture(new Sight.Mismatch("not a guest: nothing to shut down"));
        }
        return guests.look(
                        at.get(),
                        there -> CompletableFuture.completedFuture(
                                there.stopped()
                                        ? new Sight.Desired("status: stopped")
                                        : new Sight.Other("status: " + there.word())))
                .thenApply(sight -> unlessNodeIsOff(at.get(), sight));
    }

    private Sight unlessNodeIsOff(Guests.OnNode at, Sight sight) {
        Optional<String> off = power.provenOff(at.node().id());
        return sight instanceof Sight.Unseen && off.isPresent()
                ? new Sight.Desired("its node " + at.node().nodeName() + " is proven " + off.get())
                : sight;
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        Guests.OnNode at = guests.of(step).orElseThrow();
        if (rung.force() == Rung.Force.FORCED && !at.guest().mayForce()) {
            return CompletableFuture.completedFuture(new Answer.Declined("its contract does not permit force"));
        }
        return guests.ask(at, command(at, rung, limit)).thenCompose(told -> {
            Answer answer = Answers.of(told);
            boolean isGraceful = rung.force() == Rung.Force.GRACEFUL;
            return isGraceful && answer.isUnheard()
                    ? homes.shutDown(at.guest(), answer, limit)
                    : CompletableFuture.completedFuture(answer);
        });
    }

    private static NodeAsk.Act command(Guests.OnNode at, Rung rung, Duration limit) {
        if (rung.force() == Rung.Force.FORCED) {
            return new NodeAsk.Stop(at.guest().form(), at.guest().vmid(), limit);
        }
        Duration left = limit.minus(MARGIN);
        Duration grace =
                left.compareTo(at.guest().grace()) < 0 ? left : at.guest().grace();
        return new NodeAsk.Shutdown(at.guest().form(), at.guest().vmid(), grace, limit);
    }

    @Override
    public CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
        GuestTrace.Sent sent = rung.force() == Rung.Force.FORCED ? GuestTrace.Sent.STOP : GuestTrace.Sent.SHUTDOWN;
        return trace.of(guests.of(step).orElseThrow(), sent, since);
    }

    @Override
    public CompletionStage<Busy> busy(Step step) {
        return work.at(guests.of(step).orElseThrow());
    }

    @Override
    public CompletionStage<Answer> interrupt(Step step, Duration limit) {
        Guests.OnNode at = guests.of(step).orElseThrow();
        return work.abort(at.node(), Optional.of(at.guest()), limit);
    }

    /** The margin is for the tool's own end after the guest's (protocols 1.4). */
    @Override
    public List<Rung> ladder(Step step) {
        List<Rung> ladder = new ArrayList<>();
        guests.of(step).ifPresent(at -> {
            ladder.add(new Rung(Rung.Force.GRACEFUL, at.guest().grace().plus(MARGIN)));
            if (at.guest().mayForce()) {
                ladder.add(new Rung(Rung.Force.FORCED, FORCED));
            }
        });
        return ladder;
    }
}
