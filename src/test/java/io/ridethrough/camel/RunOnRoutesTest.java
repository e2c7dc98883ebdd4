package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Policy;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Scope;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Begun;
import io.ridethrough.run.FakeWorld;
import io.ridethrough.run.Plans;
import io.ridethrough.run.Resume;
import io.ridethrough.run.Runs;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.CronTrigger;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;

/** The product's own routes drive runs over a fake world. */
class RunOnRoutesTest {
    @TempDir
    Path folder;

    private RoutesBench bench;
    private FakeWorld world;
    private SqliteJournal journal;
    private Standing standing;
    private Runs runs;
    private Engine engine;
    private Optional<String> acknowledgement = Optional.empty();
    private Function<Intent, Plan> planning = intent -> Plans.plan(intent, List.of());

    @BeforeEach
    void startTheRoutes() {
        bench = new RoutesBench(
                folder,
                Plans.noContracts(),
                (intent, contracts, seen) -> planning.apply(intent),
                Duration.ofMillis(500));
        world = bench.world;
        journal = bench.journal;
        standing = bench.standing;
        runs = bench.runs;
        engine = bench.engine;
    }

    @AfterEach
    void stopTheRoutes() {
        bench.close();
    }

    @Test
    void takesDependentsDownBeforeWhatTheyNeed() throws Exception {
        // Given an application on a database on a node, and a step that closes the phase
        List<Step> steps = List.of(
                Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app"),
                Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "database", "app"),
                Plans.step(Phase.SHUTDOWN, Verb.POWER_OFF, "node", "app", "database"),
                Plans.step(Phase.SHUTDOWN, Verb.PHASE_END, "end", "node"));

        JsonNode receipt = runToItsEnd(Trigger.HAND, steps, Phase.SHUTDOWN);

        assertThat(world.commands())
                .containsExactly("SHUT_DOWN attic/app", "SHUT_DOWN attic/database", "POWER_OFF attic/node");
        assertThat(receipt.path("result").asText()).isEqualTo("complete");
        assertThat(receipt.path("steps")).hasSize(3);
    }

    @Test
    void keepsOthersOffEverySiteThatItsPlanTouches() {
        // Given an asset of this site that goes down because one of another site does
        planning = intent -> Plans.plan(intent, List.of(Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app")));
        Intent here = Plans.intent(Trigger.HAND, Phase.SHUTDOWN);
        Intent elsewhere = new Intent(
                Scope.of(new SiteId("barn")),
                here.phases(),
                here.trigger(),
                here.powerOff(),
                here.window(),
                here.boundary(),
                here.execute(),
                here.acknowledgement(),
                here.by(),
                here.reason());

        assertThat(runs.begin(elsewhere).toCompletableFuture().join()).isInstanceOf(Begun.Running.class);
        assertThat(runs.begin(here).toCompletableFuture().join()).isInstanceOf(Begun.Denied.class);
    }

    @Test
    void recordsTheIntentionBeforeEveryAct() throws Exception {
        List<Step> steps = List.of(Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app"));

        String run =
                runToItsEnd(Trigger.HAND, steps, Phase.SHUTDOWN).path("run").asText();

        assertThat(journal.ofRun(run).stream().map(Entry::kind))
                .containsExactly(
                        "run-begun", "observed", "intention", "answered", "settled", "run-closed", "receipt-stored");
    }

    @Test
    void forcesAGuestThatDoesNotYieldAndSaysSo() throws Exception {
        world.hang("attic/app");

        JsonNode receipt =
                runToItsEnd(Trigger.HAND, List.of(Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app")), Phase.SHUTDOWN);

        assertThat(world.commands()).containsExactly("SHUT_DOWN attic/app", "force attic/app");
        assertThat(receipt.path("steps").path(0).path("forced").asBoolean()).isTrue();
    }

    @Test
    void haltsPlannedWorkAtAFailureThatOthersDependOn() throws Exception {
        world.hang("attic/database");
        world.neverForce("attic/database");
        List<Step> steps = List.of(
                Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "database"),
                Plans.step(Phase.SHUTDOWN, Verb.POWER_OFF, "node", "database"));

        JsonNode receipt = runToItsEnd(Trigger.HAND, steps, Phase.SHUTDOWN);

        assertThat(world.commands()).containsExactly("SHUT_DOWN attic/database");
        assertThat(receipt.path("result").asText()).isEqualTo("incomplete");
        assertThat(outcomes(receipt)).containsEntry("shutdown:node", "Refused");
    }

    @Test
    void goesOnInAPowerEmergencyAndNamesWhatDidNotYield() throws Exception {
        world.hang("attic/database");
        world.neverForce("attic/database");
        List<Step> steps = List.of(
                Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "database"),
                Plans.step(Phase.SHUTDOWN, Verb.POWER_OFF, "node", "database"));

        JsonNode receipt = runToItsEnd(Trigger.POWER, steps, Phase.SHUTDOWN);

        assertThat(world.commands()).containsExactly("SHUT_DOWN attic/database", "POWER_OFF attic/node");
        assertThat(outcomes(receipt))
                .containsEntry("shutdown:database", "Failed")
                .containsEntry("shutdown:node", "Done");
    }

    @Test
    void commandsNothingThatIsAlreadyAsWanted() throws Exception {
        world.up("attic/app", false);

        JsonNode receipt =
                runToItsEnd(Trigger.HAND, List.of(Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app")), Phase.SHUTDOWN);

        assertThat(world.commands()).isEmpty();
        assertThat(outcomes(receipt)).containsEntry("shutdown:app", "AlreadyDone");
    }

    @Test
    void refusesToActOnWhatIsNotAsDeclared() throws Exception {
        world.sees("attic/app", new Sight.Mismatch("105 is a container, declared as VM"));

        JsonNode receipt =
                runToItsEnd(Trigger.POWER, List.of(Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app")), Phase.SHUTDOWN);

        assertThat(world.commands()).isEmpty();
        assertThat(outcomes(receipt)).containsEntry("shutdown:app", "Refused");
    }

    @Test
    void energisesNothingThatAPersonHolds() throws Exception {
        world.up("attic/node", false);
        world.up("attic/app", false);
        standing.hold(new AssetId(Plans.SITE, "node"), "ronny", "hands inside");
        List<Step> steps = List.of(
                Plans.step(Phase.STARTUP, Verb.WAKE, "node"), Plans.step(Phase.STARTUP, Verb.START, "app", "node"));

        JsonNode receipt = runToItsEnd(Trigger.POWER, steps, Phase.STARTUP);

        assertThat(world.commands()).isEmpty();
        assertThat(outcomes(receipt)).containsEntry("startup:node", "Refused").containsEntry("startup:app", "Refused");
    }

    /** R31: what an earlier process left goes on through the same routes; its joins fill anew. */
    @Test
    void goesOnWithARunThatAnEarlierProcessLeft() throws Exception {
        List<Step> steps = List.of(
                Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app"),
                Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "slow"),
                Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "database", "app", "slow"),
                Plans.step(Phase.SHUTDOWN, Verb.POWER_OFF, "node", "app", "database"),
                Plans.step(Phase.SHUTDOWN, Verb.PHASE_END, "end", "node"));
        planning = intent -> Plans.plan(intent, steps);
        world.gate("attic/slow");
        String run = ((Begun.Running) begin(Trigger.POWER, Phase.SHUTDOWN)).run();
        Until.holds(
                () -> journal.ofRun(run).stream().anyMatch(entry -> entry.kind().equals("settled")));
        bench.die();

        bench = new RoutesBench(
                folder,
                Plans.noContracts(),
                (intent, contracts, seen) -> planning.apply(intent),
                Duration.ofMillis(500),
                Optional.of(world));
        assertThat(bench.runs
                        .begin(Plans.intent(Trigger.HAND, Phase.SHUTDOWN))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Begun.Denied.class);
        bench.engine.starts().resume(Resume.atStart());
        world.up("attic/slow", false);
        Until.holds(() -> bench.journal.receipt(run).isPresent());

        JsonNode receipt = bench.journal.receipt(run).orElseThrow();
        assertThat(receipt.path("result").asText()).as(receipt.toPrettyString()).isEqualTo("complete");
        assertThat(receipt.path("resumed")).hasSize(1);
        assertThat(world.commands())
                .containsExactlyInAnyOrder(
                        "SHUT_DOWN attic/app",
                        "SHUT_DOWN attic/slow",
                        "SHUT_DOWN attic/database",
                        "POWER_OFF attic/node")
                .endsWith("SHUT_DOWN attic/database", "POWER_OFF attic/node");
    }

    @Test
    void letsPowerTakeOverFromPeopleAndNobodyFromPower() throws Exception {
        // Given a planned run in the middle of its first step
        world.gate("attic/app");
        List<Step> steps = List.of(
                Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app"),
                Plans.step(Phase.SHUTDOWN, Verb.POWER_OFF, "node", "app"));
        planning = intent -> Plans.plan(intent, steps);
        Begun planned = begin(Trigger.HAND, Phase.SHUTDOWN);
        Until.holds(() -> world.commands().size() == 1);

        // When power asks for the same site
        var emergency = engine.starts()
                .begin(Plans.intent(Trigger.POWER, Phase.SHUTDOWN))
                .toCompletableFuture();
        assertThat(begin(Trigger.HAND, Phase.SHUTDOWN)).isInstanceOf(Begun.Denied.class);
        world.open("attic/app");
        String taken = ((Begun.Running) emergency.get(10, TimeUnit.SECONDS)).run();
        runs.closing(taken).ifPresent(closing -> closing.toCompletableFuture().join());

        // Then what had begun settled, what had not was left to the new run, and nothing was commanded twice
        JsonNode first = journal.receipt(((Begun.Running) planned).run()).orElseThrow();
        assertThat(first.path("result").asText()).isEqualTo("stopped");
        assertThat(outcomes(first)).containsEntry("shutdown:node", "Refused");
        assertThat(world.commands()).containsExactly("SHUT_DOWN attic/app", "POWER_OFF attic/node");
    }

    @Test
    void remembersWhatWasRunningBeforeTheShutdown() throws Exception {
        world.up("attic/stopped-by-a-person", false);
        List<Step> steps = List.of(
                Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app"),
                Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "stopped-by-a-person"));

        runToItsEnd(Trigger.HAND, steps, Phase.SHUTDOWN);
        runToItsEnd(Trigger.POWER, steps, Phase.SHUTDOWN);

        Standing folded = new Standing(journal);
        assertThat(folded.seen().running()).containsExactly(new AssetId(Plans.SITE, "app"));
        assertThat(folded.seen().known()).hasSize(2);
        assertThat(standing.seen()).isEqualTo(folded.seen());
    }

    @Test
    void keepsEveryOrderInALargeGraph() throws Exception {
        Random random = new Random(7);
        List<Step> steps = new ArrayList<>();
        Map<String, List<String>> needs = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            List<String> of = new ArrayList<>();
            for (int n = 0; i > 3 && n < 3; n++) {
                String need = "g" + random.nextInt(i);
                if (!of.contains(need)) {
                    of.add(need);
                }
            }
            needs.put("attic/g" + i, of);
            steps.add(Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "g" + i, of.toArray(String[]::new)));
        }

        JsonNode receipt = runToItsEnd(Trigger.HAND, steps, Phase.SHUTDOWN);

        assertThat(receipt.path("result").asText()).isEqualTo("complete");
        List<String> down = new ArrayList<>();
        for (FakeWorld.Event event : world.log()) {
            if (event.what().equals("is down")) {
                down.add(event.asset());
            } else {
                for (String need : needs.getOrDefault(event.asset(), List.of())) {
                    assertThat(down).contains("attic/" + need);
                }
            }
        }
        assertThat(world.commands()).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    void letsAPersonOnSiteAcceptWhatTheGuardDeniesAndSaysSo() throws Exception {
        world.sees("attic/gate", new Sight.Other("no other way in"));
        List<Step> steps = List.of(
                Plans.step(Phase.PRECHECK, Verb.GUARD, "gate"),
                Plans.step(Phase.PRECHECK, Verb.PHASE_END, "end", "gate"),
                Plans.after(Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app"), "precheck:end"));

        assertThat(outcomes(runToItsEnd(Trigger.HAND, steps, Phase.PRECHECK, Phase.SHUTDOWN)))
                .containsEntry("precheck:gate", "Failed")
                .containsEntry("shutdown:app", "Refused");
        assertThat(world.commands()).isEmpty();

        acknowledgement = Optional.of(Intent.ON_SITE);
        JsonNode receipt = runToItsEnd(Trigger.HAND, steps, Phase.PRECHECK, Phase.SHUTDOWN);
        assertThat(outcomes(receipt)).containsEntry("precheck:gate", "Done").containsEntry("shutdown:app", "Done");
        assertThat(receipt.path("acknowledgement").asText()).isEqualTo(Intent.ON_SITE);
    }

    @Test
    void reportsWhatBreaksInARouteAndGoesOn() throws Exception {
        engine.context().createProducerTemplate().sendBody("direct:run-begin", "not an intent");

        assertThat(outcomes(runToItsEnd(
                        Trigger.HAND, List.of(Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app")), Phase.SHUTDOWN)))
                .containsEntry("shutdown:app", "Done");
    }

    @Test
    void beginsARunWhenAWindowsTimeHasComeAtAnArmedSite() {
        planning = intent -> Plans.plan(intent, List.of(Plans.step(Phase.VERIFY, Verb.PROBE, "app")));
        standing.ready(Plans.SITE, Standing.Readiness.ARMED, "test");
        Policy.Window window = new Policy.Window(
                "every-second",
                "as often as the clock can",
                "0/1 * * * * ?",
                ZoneId.of("UTC"),
                Duration.ofMinutes(1),
                Set.of(Plans.SITE),
                List.of("verify"),
                Set.of());
        Contracts contracts = new Contracts(
                new TreeMap<>(),
                new Policy(List.of(window), Plans.noContracts().policy().checks()),
                List.of(),
                "0");

        new WindowRoutes(
                        engine.context(),
                        new MaintenanceWindows(() -> contracts, journal, standing, InstantSource.system()))
                .follow(contracts);

        Until.holds(() -> !journal.receipts().isEmpty());
        assertThat(journal.receipts().get(0).path("trigger").asText()).isEqualTo("SCHEDULE");
        assertThat(misfireInstruction("every-second")).isEqualTo(CronTrigger.MISFIRE_INSTRUCTION_DO_NOTHING);
    }

    @Test
    void reportsAWindowThatFellDueWhileTheMachineStoodStill() {
        AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-01-04T10:30:00Z"));
        Policy.Window window = new Policy.Window(
                "noon",
                "once a year",
                "0 0 12 4 1 ?",
                ZoneId.of("UTC"),
                Duration.ofMinutes(1),
                Set.of(Plans.SITE),
                List.of("verify"),
                Set.of());
        Contracts contracts = new Contracts(
                new TreeMap<>(),
                new Policy(List.of(window), Plans.noContracts().policy().checks()),
                List.of(),
                "0");

        new WindowRoutes(engine.context(), new MaintenanceWindows(() -> contracts, journal, standing, clock::get))
                .follow(contracts);
        clock.set(Instant.parse("2026-01-04T13:00:00Z"));

        Until.holds(() -> !journal.ofKinds("window").isEmpty());
        assertThat(journal.ofKinds("window").get(0).body().path("decision").asText())
                .isEqualTo("MISSED");
        assertThat(journal.ofKinds("run-begun")).isEmpty();
    }

    private int misfireInstruction(String window) {
        try {
            return engine.context()
                    .getComponent("quartz", QuartzComponent.class)
                    .getScheduler()
                    .getTrigger(new TriggerKey(window, "windows"))
                    .getMisfireInstruction();
        } catch (SchedulerException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode runToItsEnd(Trigger trigger, List<Step> steps, Phase... phases) throws Exception {
        planning = intent -> Plans.plan(intent, steps);
        String run = ((Begun.Running) begin(trigger, phases)).run();
        Optional<?> result = runs.closing(run).map(closing -> closing.toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join());
        assertThat(result.isPresent() || journal.receipt(run).isPresent()).isTrue();
        return journal.receipt(run).orElseThrow();
    }

    private Begun begin(Trigger trigger, Phase... phases) throws Exception {
        return engine.starts()
                .begin(Plans.acknowledged(Plans.intent(trigger, phases), acknowledgement))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static Map<String, String> outcomes(JsonNode receipt) {
        Map<String, String> outcomes = new HashMap<>();
        receipt.path("steps")
                .forEach(step -> outcomes.put(
                        step.path("step").asText(), step.path("outcome").asText()));
        return outcomes;
    }
}
