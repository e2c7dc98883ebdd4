package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.journal.Entry;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import io.ridethrough.traps.Trap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A shutdown by power and the startup after it, by a process that dies before or after any one of its writes: the next
 * process goes on, and the world ends as if nothing had happened (R18, R19, R21, R30, R31).
 */
final class CrashAtEveryWriteTest {
    private static final List<Step> DOWN = List.of(
            Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app"),
            Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "hung", "app"),
            Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "database", "app"),
            Plans.step(Phase.SHUTDOWN, Verb.POWER_OFF, "node", "hung", "database"),
            Plans.step(Phase.SHUTDOWN, Verb.POWER_OFF, "nas", "node"),
            Plans.step(Phase.SHUTDOWN, Verb.PHASE_END, "end", "nas"));
    private static final List<Step> UP = List.of(
            Plans.step(Phase.STARTUP, Verb.WAKE, "nas"),
            Plans.step(Phase.STARTUP, Verb.WAKE, "node", "nas"),
            Plans.step(Phase.STARTUP, Verb.START, "database", "node"),
            Plans.step(Phase.STARTUP, Verb.START, "hung", "node"),
            Plans.step(Phase.STARTUP, Verb.START, "app", "database"),
            Plans.step(Phase.STARTUP, Verb.PHASE_END, "end", "app", "hung"),
            Plans.after(Plans.step(Phase.VERIFY, Verb.PROBE, "app"), "startup:end"),
            Plans.step(Phase.VERIFY, Verb.PHASE_END, "end", "app"));
    private static final Intent SHUTDOWN = Plans.intent(Trigger.POWER, Phase.SHUTDOWN);
    private static final Intent STARTUP = Plans.intent(Trigger.POWER, Phase.STARTUP, Phase.VERIFY);

    @Test
    @Trap(20)
    void endsAsIfNothingHadHappenedWhereTheTargetsKeepRecords() {
        int writes = play(Mortal.Death.NEVER, true).journal.entries().size() - 2;

        for (int write = 1; write <= writes; write++) {
            for (boolean written : List.of(false, true)) {
                Story story = play(new Mortal.Death(write, written), true);
                assertThat(story.died).as("write %d", write).isEqualTo(1);
                story.isWell();
                assertThat(story.count("force attic/hung")).isEqualTo(1);
                story.down()
                        .forEach(command ->
                                assertThat(story.count(command)).as(command).isEqualTo(1));
            }
        }
    }

    @Test
    void sendsAgainOnlyWhatHadAllItsTimeWithoutEffectWhereNobodyCanTell() {
        int writes = play(Mortal.Death.NEVER, false).journal.entries().size() - 2;

        for (int write = 1; write <= writes; write++) {
            for (boolean written : List.of(false, true)) {
                Story story = play(new Mortal.Death(write, written), false);
                story.isWell();
                for (String command : story.down()) {
                    boolean ignored = command.endsWith("hung");
                    assertThat(story.count(command)).as(command).isBetween(1L, ignored ? 2L : 1L);
                }
            }
        }
    }

    /** What nobody waits for may be lost, always together with all that came after it. */
    @Test
    void losesNothingThatMattersWithTheRecordsThatNobodyWaitsFor() {
        int writes = play(Mortal.Death.NEVER, true).journal.entries().size() - 2;

        for (int write = 1; write <= writes; write++) {
            Story story = new Story(true);
            story.lazy = true;
            story.play(new Mortal.Death(write, true));
            story.isWell();
            story.down()
                    .forEach(command ->
                            assertThat(story.count(command)).as(command).isEqualTo(1));
        }
    }

    /** Two deaths in one story, at writes far from and near to each other. */
    @Test
    void survivesDyingAgainWhileItGoesOn() {
        for (int first = 3; first < 30; first += 3) {
            for (int second = 1; second < 12; second += 2) {
                Story story = new Story(true);
                story.play(new Mortal.Death(first, true), new Mortal.Death(second, second % 2 == 0));
                story.isWell();
                story.down()
                        .forEach(command ->
                                assertThat(story.count(command)).as(command).isEqualTo(1));
            }
        }
    }

    /** R9: a clock set back or forward shortens nobody's grace. */
    @Test
    void forcesNothingEarlierThoughTheClockWasSet() {
        for (Duration shift : List.of(Duration.ofHours(-1), Duration.ofDays(2))) {
            Story story = new Story(true);
            story.shift = shift;
            story.play(new Mortal.Death(story.writeOf(Notes.INTENTION, "shutdown:database"), true));
            story.isWell();
            assertThat(story.count("force attic/database")).isZero();
        }
    }

    private static Story play(Mortal.Death death, boolean records) {
        Story story = new Story(records);
        story.play(death);
        return story;
    }

    private static final class Story {
        final VirtualTime time = new VirtualTime();
        final MemoryJournal journal = new MemoryJournal(time);
        final FakeWorld world = new FakeWorld(time, Duration.ofMillis(50));
        final boolean records;
        boolean lazy;
        Duration shift = Duration.ZERO;
        int died;

        Story(boolean records) {
            this.records = records;
            world.keepsRecords(records);
            world.hang("attic/hung");
        }

        /** The number of the write that a story without deaths makes for this. */
        int writeOf(String kind, String step) {
            List<Entry> entries = CrashAtEveryWriteTest.play(Mortal.Death.NEVER, records)
                    .journal
                    .entries();
            return (int) entries.stream()
                    .filter(entry -> entry.kind().equals(kind)
                            && entry.body().path("step").asText().equals(step))
                    .findFirst()
                    .orElseThrow()
                    .seq();
        }

        void play(Mortal.Death... deaths) {
            for (int life = 0; life <= deaths.length; life++) {
                live(life < deaths.length ? deaths[life] : Mortal.Death.NEVER);
            }
        }

        /** One process: it goes on with what is open and does what power still calls for. */
        private void live(Mortal.Death death) {
            Mortal process;
            try {
                process = new Mortal(journal, world, time, (intent, contracts, seen) -> plan(intent), death, lazy);
            } catch (Mortal.Killed killed) {
                died++;
                return;
            }
            Mortal alive = process;
            try {
                process.resume();
                for (Intent wanted : List.of(SHUTDOWN, STARTUP)) {
                    time.passUntil(() -> alive.isDead() || alive.runs.progress().isEmpty());
                    if (!alive.isDead() && !begun(wanted)) {
                        alive.begin(wanted);
                        time.passUntil(
                                () -> alive.isDead() || alive.runs.progress().isEmpty());
                    }
                }
            } catch (Mortal.Killed killed) {
                assertThat(alive.isDead()).isTrue();
            }
            if (alive.isDead()) {
                died++;
                time.setWallClock(shift);
            }
        }

        private boolean begun(Intent intent) {
            return journal.ofKinds(Notes.RUN_BEGUN).stream().anyMatch(entry -> entry.body()
                    .path("phases")
                    .path(0)
                    .asText()
                    .equals(intent.phases().get(0).word()));
        }

        private static Plan plan(Intent intent) {
            return Plans.plan(intent, intent.phases().contains(Phase.SHUTDOWN) ? DOWN : UP);
        }

        long count(String command) {
            return world.commands().stream().filter(command::equals).count();
        }

        List<String> down() {
            return world.commands().stream()
                    .filter(command -> command.startsWith("SHUT_DOWN")
                            || command.startsWith("force")
                            || command.startsWith("POWER_OFF"))
                    .distinct()
                    .toList();
        }

        void isWell() {
            for (Step step : UP) {
                step.asset().ifPresent(asset -> assertThat(
                                world.look(step).toCompletableFuture().join())
                        .as(asset.toString())
                        .isInstanceOf(Sight.Desired.class));
            }
            assertThat(down())
                    .containsExactlyInAnyOrder(
                            "SHUT_DOWN attic/app",
                            "SHUT_DOWN attic/hung",
                            "SHUT_DOWN attic/database",
                            "force attic/hung",
                            "POWER_OFF attic/node",
                            "POWER_OFF attic/nas");
            assertThat(journal.receipts()).hasSize(2).allSatisfy(receipt -> {
                assertThat(receipt.path("result").asText())
                        .as(receipt.toPrettyString())
                        .isEqualTo("complete");
            });
            assertThat(io.ridethrough.receipt.ReceiptChain.verify(journal.receipts()))
                    .isEmpty();
            assertThat(journal.receipts().get(0).path("steps")).hasSize(5);
            assertThat(journal.receipts().get(1).path("steps")).hasSize(6);
            assertThat(new Standing(journal).seen().running()).hasSize(3);
            orderHolds();
        }

        /** Judged by the world's own log: nothing is commanded before what it needs is done. */
        private void orderHolds() {
            Map<StepId, TreeSet<String>> needs = new TreeMap<>();
            List<Step> all = new ArrayList<>(DOWN);
            all.addAll(UP);
            all.forEach(step -> step.needs().forEach(need -> needs.computeIfAbsent(step.id(), id -> new TreeSet<>())
                    .add(need.value())));
            Map<String, String> state = new HashMap<>();
            for (FakeWorld.Event event : world.log()) {
                if (event.what().startsWith("is ")) {
                    state.put(event.asset(), event.what());
                    continue;
                }
                boolean down = !List.of("WAKE", "START").contains(event.what());
                String phase = down ? "shutdown:" : "startup:";
                StepId id = new StepId(phase + event.asset().substring("attic/".length()));
                for (String need : needs.getOrDefault(id, new TreeSet<>())) {
                    String asset = "attic/" + need.substring(need.indexOf(':') + 1);
                    assertThat(state.get(asset)).as("%s before %s", need, id).isEqualTo(down ? "is down" : "is up");
                }
            }
        }
    }
}
