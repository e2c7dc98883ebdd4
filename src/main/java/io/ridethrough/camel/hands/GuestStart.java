package io.ridethrough.camel.hands;

import io.ridethrough.contract.Guest;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.target.Said;
import io.ridethrough.target.proxmox.GuestState;
import io.ridethrough.target.ssh.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** START: up is a guest that runs, and that answers where its contract asks for that. */
final class GuestStart implements Hands {
    /** The node may have started it at boot before we did: no refusal (protocols 1.4). */
    private static final Pattern ALREADY = Pattern.compile("\\b(VM|CT) \\d+ already running");

    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final Guests guests;

    GuestStart(Guests guests) {
        this.guests = guests;
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        Optional<Guests.OnNode> at = guests.of(step);
        return at.isEmpty()
                ? CompletableFuture.completedFuture(new Sight.Mismatch("not a guest: nothing to start"))
                : guests.look(at.get(), there -> judged(at.get(), there));
    }

    private CompletionStage<Sight> judged(Guests.OnNode at, GuestState.At there) {
        if (!there.running()) {
            return CompletableFuture.completedFuture(new Sight.Other("status: " + there.word()));
        }
        if (at.guest().ready() == Guest.Ready.RUNNING) {
            return CompletableFuture.completedFuture(new Sight.Desired("status: running"));
        }
        return guests.run(at, at.commands().respond()).thenApply(GuestStart::responds);
    }

    private static Sight responds(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited)) {
            return new Sight.Unseen("status: running; whether it responds: " + Said.by(result));
        }
        return exited.code() == 0
                ? new Sight.Desired("status: running, and it responds")
                : new Sight.Other("status: running, does not respond yet: " + Said.by(result));
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        Guests.OnNode at = guests.of(step).orElseThrow();
        return guests.run(at, at.commands().start(limit)).thenApply(result -> Answers.of(result, ALREADY));
    }

    @Override
    public List<Rung> ladder(Step step) {
        return guests.of(step)
                .map(at -> List.of(new Rung(
                        Rung.Force.GRACEFUL, at.guest().start().multipliedBy(2).plus(MARGIN))))
                .orElse(List.of());
    }
}
