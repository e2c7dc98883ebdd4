package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several ways to wake a host, in virtual time: each is tried, proved, then the next (R19). */
class WakeWaysTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Intent UP = Plans.intent(Trigger.POWER, Phase.STARTUP);
    private static final int WRITES = 40;

    private final VirtualTime time = new VirtualTime();
    private final MemoryJournal journal = new MemoryJournal(time);
    private final Host host = new Host();

    @Test
    void triesTheNextWayAtOnceAfterOneThatCouldNotBeSent() {
        host.answers(new Answer.Undelivered("no helper"), new Answer.Accepted("sent"));
        host.wakesBy(1);

        play(Mortal.Death.NEVER);

        assertThat(host.tried()).containsExactly(0, 1);
        assertThat(host.sent.get(1).after()).isLessThan(Duration.ofSeconds(1));
        assertThat(outcome()).isEqualTo("Done");
    }

    @Test
    void triesTheNextWayAtOnceAfterOneThatWasDeclined() {
        host.answers(new Answer.Declined("not permitted"), new Answer.Accepted("sent"));
        host.wakesBy(1);

        play(Mortal.Death.NEVER);

        assertThat(host.sent.get(1).after()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void waitsForAHostThatIsOnItsWayUpEvenWhereEveryWayDeclines() {
        host.seen = new Sight.Other("on, but not ready");
        host.answers(new Answer.Declined("already powered on"), new Answer.Declined("not permitted"));
        time.after(Duration.ofSeconds(90)).thenRun(() -> host.up = true);

        play(Mortal.Death.NEVER);

        assertThat(host.tried()).containsExactly(0, 1);
        assertThat(outcome()).isEqualTo("Done");
    }

    @Test
    void givesAWayThatWasSentItsPatienceBeforeTheNext() {
        host.answers(new Answer.Accepted("sent"), new Answer.Accepted("sent"));
        host.wakesBy(1);

        play(Mortal.Death.NEVER);

        assertThat(host.tried()).containsExactly(0, 1);
        assertThat(host.sent.get(1).after()).isBetween(PATIENCE, PATIENCE.plusSeconds(5));
    }

    @Test
    void waitsBeforeItBeginsAnotherRoundOfWaysThatCannotBeSent() {
        host.answers(new Answer.Undelivered("no route"), new Answer.Undelivered("no helper"));

        play(Mortal.Death.NEVER);

        assertThat(host.tried()).containsExactly(0, 1, 0, 1);
        assertThat(host.sent.get(2).after()).isGreaterThanOrEqualTo(PATIENCE);
        assertThat(outcome()).isEqualTo("Unknown");
    }

    /** R19: what may have been sent is given its time; which way it was is known from the journal. */
    @Test
    void givesWhatMayHaveBeenSentItsPatienceWhereverTheProcessDies() {
        for (int write = 1; write <= WRITES; write++) {
            for (boolean written : new boolean[] {true, false}) {
                WakeWaysTest story = new WakeWaysTest();
                story.host.answers(new Answer.Accepted("sent"), new Answer.Accepted("sent"));
                story.host.wakesBy(1);

                story.play(new Mortal.Death(write, written), Mortal.Death.NEVER);

                boolean begun = !story.journal.ofKinds(Notes.RUN_BEGUN).isEmpty();
                assertThat(story.host.up)
                        .as("death at write %d, %s", write, written)
                        .isEqualTo(begun);
                for (int i = 1; i < story.host.sent.size(); i++) {
                    assertThat(story.host
                                    .sent
                                    .get(i)
                                    .after()
                                    .minus(story.host.sent.get(i - 1).after()))
                            .as("death at write %d, %s: %s", write, written, story.host.sent)
                            .isGreaterThanOrEqualTo(PATIENCE);
                }
            }
        }
    }

    @Test
    void sendsAgainAtOnceAfterADeathWhatDoesNoMoreTheSecondTime() {
        host.trace = new Trace.Harmless("a magic packet");
        host.answers(new Answer.Accepted("sent"), new Answer.Accepted("sent"));
        host.wakesBy(0);

        play(atIntention(), Mortal.Death.NEVER);

        assertThat(host.tried()).containsExactly(0);
        assertThat(host.up).isTrue();
        assertThat(time.nanos()).isLessThan(PATIENCE.toNanos());
    }

    @Test
    void writesDownWhichWayItIsAboutToGo() {
        host.answers(new Answer.Undelivered("no helper"), new Answer.Accepted("sent"));
        host.wakesBy(1);

        play(Mortal.Death.NEVER);

        assertThat(journal.ofKinds(Notes.INTENTION))
                .extracting(entry -> entry.body().path("way").asInt())
                .containsExactly(0, 1);
    }

    /** The write of the first intention, which is durable when the process dies. */
    private static Mortal.Death atIntention() {
        WakeWaysTest story = new WakeWaysTest();
        story.host.answers(new Answer.Accepted("sent"));
        story.host.wakesBy(0);
        story.play(Mortal.Death.NEVER);
        long seq = story.journal.ofKinds(Notes.INTENTION).get(0).seq();
        return new Mortal.Death((int) seq, true);
    }

    private void play(Mortal.Death... lives) {
        for (Mortal.Death death : lives) {
            try {
                Mortal process = new Mortal(journal, host, time, (wanted, known, seen) -> plan(wanted), death, false);
                boolean begun = !journal.ofKinds(Notes.RUN_BEGUN).isEmpty();
                if (begun) {
                    process.resume();
                } else {
                    process.begin(UP);
                }
                time.passUntil(() -> process.isDead() || process.runs.progress().isEmpty());
            } catch (Mortal.Killed killed) {
                assertThat(death).isNotEqualTo(Mortal.Death.NEVER);
            }
        }
    }

    private String outcome() {
        return journal.ofKinds(Notes.SETTLED).get(0).body().path("outcome").asText();
    }

    private static Plan plan(Intent intent) {
        return Plans.plan(
                intent,
                List.of(
                        Plans.step(Phase.STARTUP, Verb.WAKE, "node"),
                        Plans.step(Phase.STARTUP, Verb.PHASE_END, "end", "node")));
    }

    private record Sent(int way, Duration after) {}

    /** A host that is silent until the right one of its two ways is tried; two rounds of them. */
    private final class Host implements Hands {
        final List<Sent> sent = new ArrayList<>();
        private List<Answer> answers = List.of();
        private int right = -1;
        private Trace trace = new Trace.Untold("no record");
        private boolean up;
        private Sight seen = new Sight.Unseen("silent");

        void answers(Answer... byWay) {
            answers = List.of(byWay);
        }

        void wakesBy(int way) {
            right = way;
        }

        List<Integer> tried() {
            return sent.stream().map(Sent::way).toList();
        }

        @Override
        public CompletionStage<Sight> look(Step step) {
            return CompletableFuture.completedFuture(up ? new Sight.Desired("on") : seen);
        }

        @Override
        public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
            sent.add(new Sent(rung.way(), Duration.ofNanos(time.nanos())));
            up |= rung.way() == right;
            return CompletableFuture.completedFuture(answers.get(rung.way()));
        }

        @Override
        public CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
            return CompletableFuture.completedFuture(trace);
        }

        @Override
        public List<Rung> ladder(Step step) {
            return IntStream.range(0, 2 * answers.size())
                    .mapToObj(place -> new Rung(Rung.Force.GRACEFUL, PATIENCE, place % answers.size()))
                    .toList();
        }
    }
}
