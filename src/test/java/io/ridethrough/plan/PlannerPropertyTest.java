package io.ridethrough.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random sites by seed; a failing seed is in the message. */
final class PlannerPropertyTest {
    private static final Phase[] ALL = Plans.downAndUp();

    @Test
    void everyStepStandsAfterItsNeedsAndEveryPhaseJoinsAtItsEnd() {
        for (long seed = 0; seed < 60; seed++) {
            Plan plan = plan(seed, random(seed, 3, 12).build());
            Set<StepId> placed = new HashSet<>();
            Set<StepId> needed = new HashSet<>();
            for (Step step : plan.steps()) {
                assertThat(placed).as("seed %d, needs of %s", seed, step.id()).containsAll(step.needs());
                assertThat(placed.add(step.id()))
                        .as("seed %d, %s is unique", seed, step.id())
                        .isTrue();
                needed.addAll(step.needs());
            }
            placed.removeAll(needed);
            assertThat(placed).as("seed %d", seed).containsExactly(new StepId("verify:end"));
            assertThat(plan.steps().stream().filter(step -> step.needs().isEmpty()))
                    .as("seed %d", seed)
                    .allMatch(step -> step.phase() == Phase.PRECHECK);
        }
    }

    @Test
    void everyRelationIsHonouredInReverseDownAndForwardUp() {
        for (long seed = 0; seed < 60; seed++) {
            Contracts contracts = random(seed, 3, 12).build();
            Plan plan = plan(seed, contracts);
            Map<StepId, Set<StepId>> before = ancestors(plan);
            for (Asset asset : contracts.assets().values()) {
                for (AssetId need : relations(asset)) {
                    assertBefore(seed, before, "shutdown:" + asset.id(), "shutdown:" + need);
                    assertBefore(seed, before, "startup:" + need, "startup:" + asset.id());
                    assertBefore(seed, before, "recovery:" + need, "recovery:" + asset.id());
                }
            }
        }
    }

    @Test
    void theForecastKeepsNeedsAndLimitsAndIsNoShorterThanItsCriticalSteps() {
        for (long seed = 0; seed < 40; seed++) {
            Contracts contracts = random(seed, 2, 15).build();
            Plan plan = plan(seed, contracts);
            Map<StepId, Forecast.Span> spans = plan.forecast().spans();
            for (Step step : plan.steps()) {
                Forecast.Span span = Optional.ofNullable(spans.get(step.id())).orElseThrow();
                for (StepId need : step.needs()) {
                    assertThat(span.begin())
                            .as("seed %d, %s after %s", seed, step.id(), need)
                            .isGreaterThanOrEqualTo(Optional.ofNullable(spans.get(need))
                                    .orElseThrow()
                                    .end());
                }
                assertThat(running(plan, contracts, step, span.begin()))
                        .as("seed %d, at the begin of %s", seed, step.id())
                        .isLessThanOrEqualTo(2);
            }
            assertThat(plan.forecast().criticalPath()).as("seed %d", seed).endsWith(new StepId("verify:end"));
        }
    }

    @Test
    void theSameArgumentsGiveTheSamePlan() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(plan(seed, random(seed, 3, 12).build()))
                    .isEqualTo(plan(seed, random(seed, 3, 12).build()));
        }
    }

    @Test
    @Timeout(60)
    void plansTwentyThousandStepsInReasonableTime() {
        FakeContracts site = new FakeContracts();
        Random random = new Random(1);
        for (int node = 0; node < 100; node++) {
            site.node("attic/n" + node);
            for (int i = 0; i < 66; i++) {
                FakeContracts.Relating guest = site.guest("attic/g" + node + "-" + i, "attic/n" + node);
                if (i > 0) {
                    guest.needs("attic/g" + node + "-" + random.nextInt(i));
                }
                if (node > 0) {
                    guest.needs("attic/g" + random.nextInt(node) + "-" + random.nextInt(66));
                }
            }
        }
        site.nameService("attic/g0-0");

        Plan plan = Plans.byPower(site.build(), "attic", Phase.SHUTDOWN, Phase.STARTUP, Phase.RECOVERY);

        assertThat(plan.steps()).hasSizeGreaterThan(20_000);
        assertThat(plan.dependents()).containsKey(new StepId("shutdown:end"));
        assertThat(plan.forecast().takes()).isPositive();
    }

    private static Plan plan(long seed, Contracts contracts) {
        String sites = "s0,s1";
        Trigger trigger = seed % 2 == 0 ? Trigger.POWER : Trigger.HAND;
        return Planner.plan(Plans.intent(sites, trigger, sites, ALL), contracts, Seen.nothing());
    }

    /** Assets only relate to earlier ones of any site, so there is no cycle; stacks hang on guests. */
    private static FakeContracts random(long seed, int nodes, int guests) {
        Random random = new Random(seed);
        FakeContracts sites = new FakeContracts();
        List<String> before = new ArrayList<>();
        for (int site = 0; site < 2; site++) {
            String at = "s" + site + "/";
            relate(sites.device(at + "d"), before, random);
            before.add(at + "d");
            relate(sites.nas(at + "nas"), before, random);
            before.add(at + "nas");
            for (int i = 0; i < nodes; i++) {
                relate(sites.node(at + "n" + i).atOnce(2), before, random).mounts(at + "nas");
            }
            for (int i = 0; i < nodes; i++) {
                before.add(at + "n" + i);
            }
            for (int i = 0; i < guests; i++) {
                String id = at + "g" + i;
                relate(sites.guest(id, at + "n" + random.nextInt(nodes)), before, random)
                        .takes(random.nextInt(50), random.nextInt(50));
                before.add(id);
                if (random.nextBoolean()) {
                    relate(sites.stack(id + "-stack", id), before, random)
                            .stopBy(List.of(Stack.StopBy.values()).get(random.nextInt(3)));
                    before.add(id + "-stack");
                }
            }
            sites.nameService(at + "g" + random.nextInt(guests)).probe(at + "g0", "p");
        }
        return sites;
    }

    private static FakeContracts.Relating relate(FakeContracts.Relating asset, List<String> before, Random random) {
        for (int i = random.nextInt(3); i > 0 && !before.isEmpty(); i--) {
            String other = before.get(random.nextInt(before.size()));
            if (random.nextInt(4) == 0) {
                asset.through(other);
            } else {
                asset.needs(other);
            }
        }
        return asset;
    }

    private static Set<AssetId> relations(Asset asset) {
        Set<AssetId> relations = new HashSet<>(asset.needs());
        relations.addAll(asset.reachedThrough());
        Relations.host(asset).ifPresent(relations::add);
        if (asset instanceof Node node) {
            node.mounts().forEach(mount -> relations.add(mount.servedBy()));
        }
        return relations;
    }

    private static Map<StepId, Set<StepId>> ancestors(Plan plan) {
        Map<StepId, Set<StepId>> ancestors = new HashMap<>();
        for (Step step : plan.steps()) {
            Set<StepId> all = new HashSet<>(step.needs());
            step.needs().forEach(need -> all.addAll(ancestors.getOrDefault(need, Set.of())));
            ancestors.put(step.id(), all);
        }
        return ancestors;
    }

    private static void assertBefore(long seed, Map<StepId, Set<StepId>> before, String first, String then) {
        Set<StepId> ancestors = before.get(new StepId(then));
        if (ancestors != null && before.containsKey(new StepId(first))) {
            assertThat(ancestors).as("seed %d, before %s", seed, then).contains(new StepId(first));
        }
    }

    /** How many guests of the step's node are in the same transition at that moment. */
    private static long running(Plan plan, Contracts contracts, Step step, Duration at) {
        Optional<AssetId> node = node(contracts, step);
        if (node.isEmpty()) {
            return 0;
        }
        return plan.steps().stream()
                .filter(other ->
                        other.verb() == step.verb() && node(contracts, other).equals(node))
                .map(other -> Optional.ofNullable(plan.forecast().spans().get(other.id()))
                        .orElseThrow())
                .filter(span -> span.begin().compareTo(at) <= 0 && span.end().compareTo(at) > 0)
                .count();
    }

    private static Optional<AssetId> node(Contracts contracts, Step step) {
        boolean limited = step.verb() == Verb.START || step.verb() == Verb.SHUT_DOWN;
        return step.asset()
                .filter(asset -> limited)
                .flatMap(contracts::asset)
                .filter(Guest.class::isInstance)
                .map(guest -> ((Guest) guest).runsOn());
    }
}
