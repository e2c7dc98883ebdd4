package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Policy;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Planner;
import io.ridethrough.plan.Scope;
import io.ridethrough.plan.Seen;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import io.ridethrough.receipt.ReceiptChain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mode reboot: drain, what is declared between, reboot proven by another boot, startup, verify; one node at a time. */
final class RebootTest {
    private static final Policy.Between UPDATES = new Policy.Between(
            List.of("apt-get", "-y", "dist-upgrade"),
            List.of("apt-get", "-s", "-qq", "dist-upgrade"),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30));

    private final Bench bench = new Bench(attic());

    private static Contracts attic() {
        Contracts attic = FakeContracts.attic();
        Policy policy = attic.policy();
        return new Contracts(
                attic.sites(),
                new Policy(policy.windows(), policy.checks(), Optional.of(UPDATES)),
                List.of(),
                attic.digest());
    }

    private static Intent intent(Scope scope) {
        return new Intent(
                scope,
                List.of(Phase.PRECHECK, Phase.SHUTDOWN, Phase.REBOOT, Phase.STARTUP, Phase.RECOVERY, Phase.VERIFY),
                Trigger.HAND,
                Set.of(),
                Optional.empty(),
                false,
                true,
                Optional.empty(),
                "a person",
                "updates");
    }

    private static Intent both() {
        return intent(Scope.of(Plans.SITE));
    }

    private int at(String command) {
        return bench.world.commands().indexOf(command);
    }

    @Test
    void drainsUpdatesRebootsAndStartsOneNodeAfterTheOther() {
        JsonNode receipt = bench.toItsEnd(bench.begin(both()));

        assertThat(receipt.path("result").asText()).as(receipt.toPrettyString()).isEqualTo("complete");
        List<String> all = bench.world.commands();
        assertThat(all).doesNotContain("POWER_OFF attic/pve1", "POWER_OFF attic/nas");
        assertThat(all.stream().filter(command -> command.startsWith("REBOOT")))
                .containsExactlyInAnyOrder("REBOOT attic/pve1", "REBOOT attic/pve2");
        String first = at("REBOOT attic/pve1") < at("REBOOT attic/pve2") ? "attic/pve1" : "attic/pve2";
        String second = first.endsWith("1") ? "attic/pve2" : "attic/pve1";
        assertThat(at("BETWEEN " + first)).isLessThan(at("REBOOT " + first));
        List<String> afterFirst = all.subList(at("REBOOT " + first), at("BETWEEN " + second));
        assertThat(afterFirst).anyMatch(command -> command.startsWith("START "));
        bench.contracts.assets().keySet().forEach(asset -> assertThat(
                        bench.world.commands().lastIndexOf("SHUT_DOWN " + asset))
                .as("%s", asset)
                .isLessThanOrEqualTo(bench.world.commands().lastIndexOf("START " + asset)));
    }

    @Test
    void leavesTheNextNodeAloneAtTheFirstRegressionAndGivesItsGuestsBack() {
        Plan plan = Planner.plan(both(), bench.contracts, Seen.nothing());
        String first = plan.steps().stream()
                .filter(step -> step.verb() == Verb.REBOOT)
                .findFirst()
                .flatMap(Step::asset)
                .orElseThrow()
                .toString();
        bench.world.hang(first);

        JsonNode receipt = bench.toItsEnd(bench.begin(both()));

        assertThat(receipt.path("result").asText()).isNotEqualTo("complete");
        assertThat(bench.world.commands()).noneMatch(command -> command.startsWith("REBOOT"));
        assertThat(bench.world.commands().stream().filter(command -> command.startsWith("BETWEEN")))
                .containsExactly("BETWEEN " + first);
        assertThat(bench.world.commands().stream()
                        .filter(command -> command.startsWith("SHUT_DOWN"))
                        .map(command -> command.replace("SHUT_DOWN", "START")))
                .isNotEmpty()
                .allSatisfy(start -> assertThat(bench.world.commands()).contains(start));
    }

    /** What was not well before anything was touched is told, and is no regression. */
    @Test
    void goesOnToTheNextNodeThoughAProbeIsNotWellThatWasNotBefore() {
        bench.world.unwell("dns-answers", Optional.empty());

        JsonNode receipt = bench.toItsEnd(bench.begin(both()));

        assertThat(bench.world.commands().stream().filter(command -> command.startsWith("REBOOT")))
                .hasSize(2);
        assertThat(steps(receipt))
                .contains(
                        "precheck:attic/dns:dns-answers Failed answers badly",
                        "verify:attic/dns:dns-answers Failed answers badly");
    }

    @Test
    void leavesTheNextNodeAloneOnceAProbeIsNotWellThatWasWellBefore() {
        bench.world.unwell("dns-answers", Optional.of("attic/pve1"));

        JsonNode receipt = bench.toItsEnd(bench.begin(both()));

        assertThat(bench.world.commands().stream().filter(command -> command.startsWith("REBOOT")))
                .as(receipt.toPrettyString())
                .containsExactly("REBOOT attic/pve1");
        assertThat(steps(receipt)).contains("verify:attic/dns:dns-answers Failed answers badly");
    }

    private static List<String> steps(JsonNode receipt) {
        List<String> steps = new ArrayList<>();
        receipt.path("steps")
                .forEach(step -> steps.add(String.join(
                        " ",
                        step.path("step").asText(),
                        step.path("outcome").asText(),
                        step.path("evidence").asText())));
        return steps;
    }

    @Test
    void rebootsNoNodeThatSomebodyHolds() {
        AssetId node = AssetId.parse("attic/pve1");
        bench.standing.hold(node, "a person", "hands inside");

        Begun begun = bench.begin(both());

        assertThat(begun).isInstanceOfSatisfying(Begun.Denied.class, denied -> assertThat(denied.reason())
                .isEqualTo("attic/pve1 is held: release it first, or name the other nodes"));
        assertThat(bench.world.commands()).isEmpty();
    }

    @Test
    void rebootsNothingThatIsNoNodeAndSaysSo() {
        Begun begun = bench.begin(intent(new Scope(Set.of(), Set.of(AssetId.parse("attic/nas")))));

        assertThat(begun).isInstanceOfSatisfying(Begun.Denied.class, denied -> assertThat(denied.reason())
                .contains("name a node"));
    }

    /** R18, R19: a process that dies before or after any write; the boot before is on record, so none reboots twice. */
    @Test
    void rebootsEachNodeOnceThoughOurProcessDiesAtAnyWrite() {
        Story quiet = new Story();
        quiet.play(Mortal.Death.NEVER);
        quiet.isWell();
        int writes = quiet.journal.entries().size() - 2;

        for (int write = 1; write <= writes; write++) {
            for (boolean written : List.of(false, true)) {
                Story story = new Story();
                story.play(new Mortal.Death(write, written), Mortal.Death.NEVER);
                story.isWell();
            }
        }
        System.out.println(
                "mode reboot, killed before and after each of " + writes + " writes: each node rebooted once");
    }

    private static final class Story {
        final VirtualTime time = new VirtualTime();
        final MemoryJournal journal = new MemoryJournal(time);
        final FakeWorld world = new FakeWorld(time, Duration.ofMillis(50));
        final Contracts contracts = attic();

        void play(Mortal.Death... deaths) {
            for (Mortal.Death death : deaths) {
                Mortal process;
                try {
                    process = new Mortal(
                            journal, world, time, Planner::plan, death, false, Supply.always(), () -> contracts);
                } catch (Mortal.Killed killed) {
                    continue;
                }
                Mortal alive = process;
                try {
                    alive.resume();
                    time.passUntil(() -> alive.isDead() || alive.runs.progress().isEmpty());
                    if (!alive.isDead() && journal.ofKinds(Notes.RUN_BEGUN).isEmpty()) {
                        alive.begin(both());
                        time.passUntil(() -> alive.isDead()
                                || (alive.runs.progress().isEmpty()
                                        && !journal.receipts().isEmpty()));
                    }
                } catch (Mortal.Killed killed) {
                    assertThat(alive.isDead()).isTrue();
                }
            }
        }

        void isWell() {
            assertThat(journal.receipts()).hasSize(1);
            assertThat(journal.receipts().get(0).path("result").asText())
                    .as(journal.receipts().get(0).toPrettyString())
                    .isEqualTo("complete");
            assertThat(ReceiptChain.verify(journal.receipts())).isEmpty();
            assertThat(world.commands().stream().filter(command -> command.startsWith("REBOOT")))
                    .containsExactlyInAnyOrder("REBOOT attic/pve1", "REBOOT attic/pve2");
        }
    }
}
