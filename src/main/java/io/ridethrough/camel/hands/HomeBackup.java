package io.ridethrough.camel.hands;

import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Busy;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Trace;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.homeassistant.HomeTold;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * BACK_UP: proven is a backup that is newer than the intention and failed nowhere, and that none is being made any more.
 * One that has stopped has nothing that could be backed up.
 */
final class HomeBackup implements Hands {
    /** By how much its clock may be behind ours. */
    private static final Duration SKEW = Duration.ofSeconds(30);
    /** What may still be on its way to it. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(35);

    private final Tools tools;
    private final Guests guests;
    private final HomeStart homes;

    HomeBackup(Tools tools, Guests guests, HomeStart homes) {
        this.tools = tools;
        this.guests = guests;
        this.homes = homes;
    }

    private Optional<HomeAssistant> home(Step step) {
        return guests.of(step).flatMap(at -> homes.in(at.guest()));
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        return look(step, Optional.empty());
    }

    @Override
    public CompletionStage<Sight> look(Step step, Instant since) {
        return look(step, Optional.of(since));
    }

    private CompletionStage<Sight> look(Step step, Optional<Instant> since) {
        if (home(step).isEmpty()) {
            return CompletableFuture.completedFuture(new Sight.Mismatch("no Home Assistant: nothing to back up"));
        }
        return backups(step)
                .thenCompose(told -> told instanceof HomeTold.Backups seen
                        ? CompletableFuture.completedFuture(judged(seen, since))
                        : guests.look(
                                guests.of(step).orElseThrow(),
                                there -> CompletableFuture.completedFuture(
                                        there.stopped()
                                                ? new Sight.Desired("it is stopped: nothing is there to back up")
                                                : new Sight.Unseen("its backups are not told: " + told.words()))));
    }

    private static Sight judged(HomeTold.Backups seen, Optional<Instant> since) {
        if (seen.backups().isEmpty()) {
            return new Sight.Other("it has no backup" + (seen.isIdle() ? "" : " yet: " + seen.state()));
        }
        HomeTold.Backup newest = seen.backups().get(0);
        String words = "its newest backup is " + newest.name() + " of " + newest.made();
        if (since.isEmpty() || newest.made().isBefore(since.get().minus(SKEW))) {
            return new Sight.Other(words + (seen.isIdle() ? "" : "; " + seen.state()));
        }
        if (!seen.isIdle()) {
            return new Sight.Other(words + ", which is not over: " + seen.state());
        }
        return newest.failed().isEmpty()
                ? new Sight.Desired(words)
                : new Sight.Other(words + ", which failed at " + String.join(", ", newest.failed()));
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        return ask(step, new HomeAsk.BackUp(limit)).thenApply(Answers::of);
    }

    /** It writes down when it began an automatic one: one that began since is ours, or as good. */
    @Override
    public CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
        return backups(step).thenApply(told -> {
            if (!(told instanceof HomeTold.Backups seen)) {
                return new Trace.Unread("its backups are not told: " + told.words());
            }
            if (!seen.isIdle() || judged(seen, Optional.of(since)) instanceof Sight.Desired) {
                return new Trace.Arrived("it is at " + seen.state());
            }
            return seen.attempted()
                    .map(began -> idle(began, since))
                    .orElseGet(() -> new Trace.Untold("it does not say when it began one"));
        });
    }

    private Trace idle(Instant began, Instant since) {
        if (!began.isBefore(since.minus(SKEW))) {
            return new Trace.Failed("the backup that it began at " + began + " is over");
        }
        String none = "it began no backup since " + since;
        return Duration.between(since, tools.time().now()).compareTo(ON_ITS_WAY) < 0
                ? new Trace.Untold(none + "; it may still be on its way")
                : new Trace.NeverArrived(none);
    }

    /** A backup of its own accord, or of a person. */
    @Override
    public CompletionStage<Busy> busy(Step step) {
        return backups(step).thenApply(told -> {
            if (!(told instanceof HomeTold.Backups seen)) {
                return new Busy.Unseen("its backups are not told: " + told.words());
            }
            return seen.isIdle()
                    ? new Busy.Free("its backups are idle")
                    : new Busy.Taken("it is at " + seen.state() + " already");
        });
    }

    private CompletionStage<Told> backups(Step step) {
        return ask(step, new HomeAsk.Backups());
    }

    private CompletionStage<Told> ask(Step step, HomeAsk ask) {
        return tools.homes().ask(home(step).orElseThrow().guest(), ask);
    }

    @Override
    public List<Rung> ladder(Step step) {
        return home(step)
                .flatMap(HomeAssistant::backup)
                .map(limit -> List.of(new Rung(Rung.Force.GRACEFUL, limit)))
                .orElse(List.of());
    }
}
