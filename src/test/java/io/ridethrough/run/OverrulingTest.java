package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Ruling.Word;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R33: a person overrides one step. One, two and three go down one after the other; the NAS goes down beside them. */
class OverrulingTest {
    private final VirtualTime time = new VirtualTime();
    private final FakeWorld world = new FakeWorld(time, Duration.ofSeconds(1));
    private final MemoryJournal journal = new MemoryJournal(time);
    private Mortal process = mortal();
    private String run = "";

    @BeforeEach
    void allAreUpAndTheNasStaysOn() {
        List.of("one", "two", "three", "nas").forEach(asset -> world.up("attic/" + asset, true));
        world.gate("attic/nas");
        world.neverForce("attic/one");
    }

    @Test
    void skipsAStepThatIsUnderWayAndGoesOnWithWhatNeedsIt() {
        world.gate("attic/one");
        begin();
        time.passUntil(() -> world.commands().contains("SHUT_DOWN attic/one"));

        Ruled ruled = rule("one", Word.SKIP);
        rule("one", Word.SKIP);
        JsonNode receipt = ends();

        assertThat(ruled).isInstanceOfSatisfying(Ruled.Taken.class, taken -> assertThat(taken.givesUp())
                .contains("given up: that it is down before"));
        assertThat(step(receipt, "one").path("outcome").asText()).isEqualTo("Skipped");
        assertThat(step(receipt, "one").path("evidence").asText()).contains("anna", "because", "given up");
        assertThat(step(receipt, "two").path("outcome").asText()).isEqualTo("Done");
        assertThat(receipt.path("result").asText()).isEqualTo("incomplete");
        assertThat(receipt.path("overrides")).hasSize(1);
        assertThat(receipt.path("overrides").get(0).path("reason").asText()).isEqualTo("because");
        assertThat(journal.ofKinds(Notes.RULED)).hasSize(1);
    }

    @Test
    void sendsNothingMoreToAStepThatIsLeftOut() {
        world.hang("attic/two");
        begin();
        time.passUntil(() -> world.commands().contains("SHUT_DOWN attic/two"));
        rule("two", Word.SKIP);

        ends();

        assertThat(world.commands()).doesNotContain("force attic/two").contains("SHUT_DOWN attic/three");
    }

    @Test
    void leavesAWaitingStepOutOnlyWhenItsTurnComes() {
        world.gate("attic/one");
        begin();
        time.passUntil(() -> world.commands().contains("SHUT_DOWN attic/one"));

        rule("two", Word.SKIP);
        assertThat(world.commands()).doesNotContain("SHUT_DOWN attic/three");
        world.open("attic/one");
        JsonNode receipt = ends();

        assertThat(world.commands()).doesNotContain("SHUT_DOWN attic/two").contains("SHUT_DOWN attic/three");
        assertThat(step(receipt, "two").path("outcome").asText()).isEqualTo("Skipped");
    }

    @Test
    void recordsWhatAPersonSaysIsDoneAsSaidAndNotAsSeen() {
        world.hang("attic/one");
        begin();
        untilSettled("one");

        rule("one", Word.MARK_DONE);
        JsonNode receipt = ends();

        assertThat(step(receipt, "one").path("outcome").asText()).isEqualTo("SaidDone");
        assertThat(step(receipt, "one").path("evidence").asText()).contains("says anna", "nobody saw it");
        assertThat(step(receipt, "three").path("outcome").asText()).isEqualTo("Done");
        assertThat(receipt.path("result").asText()).isEqualTo("incomplete");
    }

    @Test
    void triesAFailedStepAgainAndThenAllThatWasRefusedOnItsAccount() {
        world.hang("attic/one");
        begin();
        untilSettled("three");
        assertThat(outcome("three")).isEqualTo("Refused");

        world.heal("attic/one");
        Ruled first = rule("one", Word.RETRY);
        Ruled second = rule("one", Word.RETRY);
        JsonNode receipt = ends();

        assertThat(first.ready()).hasSize(3);
        assertThat(second.ready()).isEmpty();
        assertThat(receipt.path("result").asText()).isEqualTo("complete");
        assertThat(world.commands().stream().filter("SHUT_DOWN attic/one"::equals))
                .hasSize(2);
        assertThat(world.commands()).endsWith("SHUT_DOWN attic/two", "SHUT_DOWN attic/three");
    }

    /** Observe, record, act: what is as desired by now is not acted on again. */
    @Test
    void onlyLooksWhereARetriedStepIsAsDesiredByNow() {
        world.hang("attic/one");
        begin();
        untilSettled("three");

        world.up("attic/one", false);
        rule("one", Word.RETRY);
        JsonNode receipt = ends();

        assertThat(step(receipt, "one").path("outcome").asText()).isEqualTo("AlreadyDone");
        assertThat(world.commands().stream().filter("SHUT_DOWN attic/one"::equals))
                .hasSize(1);
    }

    @Test
    void keepsEveryWordOverTheDeathOfTheProcess() {
        world.hang("attic/one");
        begin();
        untilSettled("three");
        rule("one", Word.MARK_DONE);
        process.runs.rule(
                new Ruling(run, new StepId("shutdown:nas"), Word.AT, Optional.of("elsewhere"), "anna", "it moved"));
        process.kill();

        process = mortal();
        process.resume();
        assertThat(process.runs.addresses()).containsEntry(new AssetId(Plans.SITE, "nas"), "elsewhere");
        JsonNode receipt = ends();

        assertThat(step(receipt, "one").path("outcome").asText()).isEqualTo("SaidDone");
        assertThat(step(receipt, "three").path("outcome").asText()).isEqualTo("Done");
        assertThat(receipt.path("overrides")).hasSize(2);
        assertThat(receipt.path("overrides").get(1).path("address").asText()).isEqualTo("elsewhere");
    }

    @Test
    void triesAgainAfterTheDeathOfTheProcessThatWasToldTo() {
        world.hang("attic/one");
        begin();
        untilSettled("three");
        world.heal("attic/one");
        process.runs.rule(ruling("one", Word.RETRY));
        process.kill();

        process = mortal();
        process.resume();

        assertThat(ends().path("result").asText()).isEqualTo("complete");
    }

    /** R24: in a run that asks, nothing is refused before the person has decided. */
    @Test
    void haltsInARunThatAsksUntilThePersonDecides() {
        world.hang("attic/one");
        world.open("attic/nas");
        begin(Plans.acknowledged(Plans.intent(Trigger.HAND, Phase.SHUTDOWN), Optional.of(Intent.ASK_ME)));
        untilSettled("nas");
        untilSettled("one");
        Progress halted = process.runs.progress().get(0);
        assertThat(halted.halted()).containsKey(new StepId("shutdown:two"));

        world.heal("attic/one");
        rule("one", Word.RETRY);

        assertThat(ends().path("result").asText()).isEqualTo("complete");
    }

    @Test
    void endsARunThatAsksWhenItIsAbandoned() {
        world.hang("attic/one");
        world.open("attic/nas");
        begin(Plans.acknowledged(Plans.intent(Trigger.HAND, Phase.SHUTDOWN), Optional.of(Intent.ASK_ME)));
        untilSettled("one");

        process.runs.stop(run, "enough");

        assertThat(ends().path("result").asText()).isEqualTo("stopped");
    }

    @Test
    void reachesAnAssetElsewhereForAsLongAsTheRunIsOpen() {
        List<AssetId> moved = new ArrayList<>();
        AssetId nas = new AssetId(Plans.SITE, "nas");
        process.runs.whenMoved(moved::add);
        begin();
        Ruling elsewhere =
                new Ruling(run, new StepId("shutdown:nas"), Word.AT, Optional.of("elsewhere"), "anna", "it moved");

        process.rule(elsewhere);
        process.rule(elsewhere);

        assertThat(journal.ofKinds(Notes.RULED)).hasSize(1);
        assertThat(process.runs.addresses()).containsExactly(Map.entry(nas, "elsewhere"));
        ends();
        assertThat(process.runs.addresses()).isEmpty();
        assertThat(moved).hasSizeGreaterThanOrEqualTo(2).containsOnly(nas);
    }

    @Test
    void refusesWithAReasonWhatMeansNothing() {
        begin();
        untilSettled("one");

        assertThat(denied(ruling("one", Word.SKIP))).contains("is Done already");
        assertThat(denied(ruling("nothing", Word.SKIP))).contains("has no step");
        assertThat(denied(ruling("nas", Word.RETRY))).contains("is under way");
        assertThat(denied(ruling("end", Word.SKIP))).contains("override the steps that it waits for");
        assertThat(denied(new Ruling(
                        run, new StepId("shutdown:one"), Word.AT, Optional.of("elsewhere"), "anna", "it moved")))
                .contains("declares no host of its own");
        process.runs.stop(run, "enough");
        assertThat(denied(ruling("nas", Word.SKIP))).contains("begins nothing more: enough");
        ends();
        assertThat(denied(ruling("nas", Word.SKIP))).contains("no run");
        assertThat(journal.ofKinds(Notes.RULED)).isEmpty();
    }

    private String denied(Ruling ruling) {
        return ((Ruled.Denied) process.runs.rule(ruling)).reason();
    }

    private Ruling ruling(String asset, Word word) {
        return new Ruling(run, new StepId("shutdown:" + asset), word, Optional.empty(), "anna", "because");
    }

    private Ruled rule(String asset, Word word) {
        return process.rule(ruling(asset, word));
    }

    private void begin() {
        begin(Plans.intent(Trigger.HAND, Phase.SHUTDOWN));
    }

    private void begin(Intent intent) {
        process.begin(intent);
        run = process.runs.progress().get(0).run();
    }

    private void untilSettled(String asset) {
        time.passUntil(() -> !outcome(asset).isEmpty());
    }

    private String outcome(String asset) {
        return process.runs.progress().stream()
                .flatMap(progress -> progress.settled().stream())
                .filter(settled -> settled.step().id().value().equals("shutdown:" + asset))
                .map(settled -> settled.outcome().word())
                .findFirst()
                .orElse("");
    }

    private JsonNode ends() {
        world.open("attic/nas");
        time.passUntil(() -> journal.receipt(run).isPresent());
        return journal.receipt(run).orElseThrow();
    }

    private static JsonNode step(JsonNode receipt, String asset) {
        for (JsonNode step : receipt.path("steps")) {
            if (step.path("step").asText().equals("shutdown:" + asset)) {
                return step;
            }
        }
        throw new AssertionError("no step " + asset);
    }

    private Mortal mortal() {
        return new Mortal(
                journal,
                world,
                time,
                (intent, known, seen) -> plan(intent),
                Mortal.Death.NEVER,
                false,
                Supply.always(),
                FakeContracts::attic);
    }

    private static Plan plan(Intent intent) {
        Step one = Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "one");
        Step two = Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "two", "one");
        Step three = Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "three", "two");
        Step nas = Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "nas");
        Step end = Plans.step(Phase.SHUTDOWN, Verb.PHASE_END, "end", "one", "two", "three", "nas");
        return Plans.plan(intent, List.of(one, two, three, nas, end));
    }
}
