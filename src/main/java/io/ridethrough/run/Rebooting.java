package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Reboots a node and proves it by the id of its boot, which is on record before the command is sent: so a process that
 * follows a dead one still knows which boot was the old one, and nothing is rebooted twice: only where the old boot still
 * answers after all the time of a reboot is it told once more. The evidence of {@link Hands#look} is that id; it is never
 * as wished by itself.
 */
final class Rebooting {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration BLIND_PATIENCE = Duration.ofSeconds(15);

    private final Hands hands;
    private final Ledger ledger;
    private final Standing standing;
    private final Time time;
    private final Executor executor;

    Rebooting(Hands hands, Ledger ledger, Standing standing, Time time, Executor executor) {
        this.hands = hands;
        this.ledger = ledger;
        this.standing = standing;
        this.time = time;
        this.executor = executor;
    }

    /**
     * @param deadline until when another boot must answer
     * @param inherited whether a process that has ended may not have sent it at all
     */
    private record Sent(
            OpenRun run, Step step, String before, long deadline, Optional<String> refused, boolean inherited) {}

    CompletionStage<Outcome> perform(OpenRun run, Step step) {
        List<Rung> ladder = hands.ladder(step);
        if (ladder.isEmpty()) {
            return settled(new Outcome.Refused("not a node: nothing to reboot"));
        }
        Rung rung = ladder.get(0);
        Optional<String> before = ledger.bootsBefore(run, step).stream().findFirst();
        if (before.isPresent()) {
            long deadline = time.nanos() + rung.patience().toNanos();
            boolean first = ledger.bootsBefore(run, step).size() == 1;
            return watch(new Sent(run, step, before.get(), deadline, Optional.empty(), first));
        }
        return begin(run, step, rung, time.nanos() + BLIND_PATIENCE.toNanos());
    }

    private CompletionStage<Outcome> begin(OpenRun run, Step step, Rung rung, long blindUntil) {
        return hands.look(step)
                .thenComposeAsync(
                        sight -> {
                            if (sight instanceof Sight.Other seen) {
                                ObjectNode observed = Notes.observed(step, sight);
                                ledger.note(run, Notes.OBSERVED, observed);
                                return send(run, step, rung, seen.evidence());
                            }
                            if (sight instanceof Sight.Mismatch) {
                                return settled(new Outcome.Refused(sight.evidence()));
                            }
                            return time.nanos() >= blindUntil
                                    ? settled(new Outcome.Unknown(sight.evidence()))
                                    : time.after(PAUSE)
                                            .thenComposeAsync(waited -> begin(run, step, rung, blindUntil), executor);
                        },
                        executor);
    }

    private CompletionStage<Outcome> send(OpenRun run, Step step, Rung rung, String boot) {
        Optional<String> no = standing.refusal(step).or(() -> run.sends(step));
        if (no.isPresent()) {
            return settled(new Outcome.Refused(no.get()));
        }
        ObjectNode intention = Notes.intention(step, rung, 0).put(Ledger.BOOT, boot);
        return ledger.intend(run, intention)
                .thenComposeAsync(
                        forbidden -> {
                            if (forbidden.isPresent()) {
                                return settled(new Outcome.Refused(forbidden.get()));
                            }
                            long deadline = time.nanos() + rung.patience().toNanos();
                            return hands.act(step, rung, rung.patience())
                                    .thenComposeAsync(
                                            answer -> {
                                                ledger.note(run, Notes.ANSWERED, Notes.answered(step, answer));
                                                boolean refused =
                                                        answer instanceof Answer.Declined || answer.isUnheard();
                                                return watch(new Sent(
                                                        run,
                                                        step,
                                                        boot,
                                                        refused ? time.nanos() : deadline,
                                                        refused ? Optional.of(answer.evidence()) : Optional.empty(),
                                                        false));
                                            },
                                            executor);
                        },
                        executor);
    }

    private CompletionStage<Outcome> watch(Sent sent) {
        return hands.look(sent.step())
                .thenComposeAsync(
                        sight -> {
                            if (sight instanceof Sight.Other now
                                    && !now.evidence().equals(sent.before())) {
                                return settled(
                                        new Outcome.Done(now.evidence() + ", and before that " + sent.before(), false));
                            }
                            boolean late = time.nanos() >= sent.deadline();
                            if (late && sent.inherited() && sight instanceof Sight.Other) {
                                Rung rung = hands.ladder(sent.step()).get(0);
                                return send(sent.run(), sent.step(), rung, sent.before());
                            }
                            if (late || sent.run().rulings.decision(sent.step()).isPresent()) {
                                return settled(notProven(sent, sight));
                            }
                            return time.after(PAUSE).thenComposeAsync(waited -> watch(sent), executor);
                        },
                        executor);
    }

    private static Outcome notProven(Sent sent, Sight last) {
        String said = sent.refused().map(why -> " (answer: " + why + ")").orElse("");
        return last instanceof Sight.Other
                ? new Outcome.Failed("still " + last.evidence() + said)
                : new Outcome.Unknown("no boot answers since it was told to reboot: " + last.evidence() + said);
    }

    private static CompletionStage<Outcome> settled(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
