package io.ridethrough.plan;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.Site;
import io.ridethrough.graph.Graph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * From an intent to a plan. Shutdown follows the relations in reverse, startup and recovery follow them; an asset that
 * gets no step still transmits order. Taking an asset down takes down what needs it, runs on it or mounts it; being
 * reached through it or resolved by it only orders. The same arguments always give the same plan.
 */
public final class Planner {
    private final Contracts contracts;
    private final Relations relations;
    private final Choices choices;
    private final Expected expected;
    private final List<Step> steps = new ArrayList<>();
    private final Optional<OwnChain> own;
    private Optional<StepId> previousEnd = Optional.empty();
    /** What is probed before anything is touched, so that what was not well before is told from a regression. */
    private final NavigableSet<AssetId> before = new TreeSet<>();

    private Planner(Contracts contracts, Relations relations, Choices choices) {
        this.contracts = contracts;
        this.relations = relations;
        this.choices = choices;
        this.expected = new Expected(choices);
        this.own = OwnChain.of(contracts, relations, choices);
    }

    /**
     * Makes the plan. Pure.
     *
     * @param seen what was observed before and what is held
     * @throws IllegalArgumentException when relations have a cycle, which contracts never do
     */
    public static Plan plan(Intent intent, Contracts contracts, Seen seen) {
        Relations relations = Relations.of(contracts, intent.trigger());
        if (intent.phases().contains(Phase.REBOOT)) {
            return new RebootRounds(intent, contracts, seen, relations).plan();
        }
        Choices choices = Choices.of(intent, contracts, seen, relations);
        Planner planner = new Planner(contracts, relations, choices);
        planner.gatesFirst();
        intent.phases().forEach(planner::phase);
        List<Step> steps = planner.steps;
        Forecast forecast = new Forecasting(relations.assets(), steps).forecast();
        return new Plan(
                intent,
                steps,
                forecast,
                PlanNotes.of(choices, contracts, steps, planner.own),
                planner.own.flatMap(OwnChain::refusal));
    }

    /**
     * The steps of one drained and rebooted node, and all that goes down and comes up with it.
     *
     * @param before what is probed in its precheck
     */
    static List<Step> round(Choices choices, Contracts contracts, NavigableSet<AssetId> before) {
        Planner planner = new Planner(contracts, choices.relations(), choices);
        planner.before.addAll(before);
        planner.gatesFirst();
        choices.intent().phases().forEach(planner::phase);
        return planner.steps;
    }

    /** The same plan with a forecast by what earlier runs took. Pure. */
    public static Plan forecast(Plan plan, Contracts contracts, Experience experience) {
        List<Step> lasting = plan.steps().stream()
                .map(step -> step.lasting(experience.expected(step)))
                .toList();
        Forecast forecast =
                new Forecasting(Relations.of(contracts, plan.intent().trigger()).assets(), lasting).forecast();
        return new Plan(plan.intent(), plan.steps(), forecast, plan.notes(), plan.refusal());
    }

    /** Planned work that leaves its precheck out goes through the gates all the same. */
    private void gatesFirst() {
        Intent intent = choices.intent();
        boolean skipped = intent.trigger() != Trigger.POWER
                && intent.phases().contains(Phase.SHUTDOWN)
                && !intent.phases().contains(Phase.PRECHECK);
        if (skipped && Gates.declared(contracts)) {
            List<Step> gates = gates(Phase.PRECHECK);
            steps.addAll(gates);
            steps.add(end(Phase.PRECHECK, gates));
        }
    }

    private List<Step> gates(Phase phase) {
        List<Step> drafted = new ArrayList<>();
        for (Gates.Gate gate : Gates.of(contracts, choices, phase == Phase.SHUTDOWN)) {
            drafted.add(new Step(
                    id(phase, gate.asset() + ":" + gate.control()),
                    phase,
                    Verb.GATE,
                    Optional.of(gate.asset()),
                    afterPreviousPhase(new TreeSet<>()),
                    expected.of(Verb.GATE, Optional.empty()),
                    Optional.empty(),
                    Optional.of(gate.control())));
        }
        return drafted;
    }

    private void phase(Phase phase) {
        List<Step> plain =
                switch (phase) {
                    case PRECHECK -> precheck();
                    case SHUTDOWN -> withGates(withBackups(shutdown()));
                    case REBOOT -> reboot();
                    case STARTUP -> ordered(phase, choices.startup(), relations.order());
                    case RECOVERY -> recovery();
                    case VERIFY -> verify();
                };
        List<Step> drafted = new HaSteps(contracts, choices).beside(phase, plain, this::of);
        steps.addAll(drafted);
        steps.add(end(phase, drafted));
    }

    private List<Step> ordered(Phase phase, NavigableMap<AssetId, Verb> verbs, Graph<AssetId> order) {
        Graph<AssetId> graph = order.reducedTo(verbs.keySet());
        List<Step> drafted = new ArrayList<>();
        for (AssetId asset : graph.order()) {
            NavigableSet<StepId> needs = new TreeSet<>();
            graph.needs(asset).forEach(need -> needs.add(id(phase, need.toString())));
            drafted.add(step(phase, Optional.ofNullable(verbs.get(asset)).orElseThrow(), asset, needs));
        }
        return drafted;
    }

    /** What one control's remedy mends, where that alone is asked for. */
    private List<Step> recovery() {
        Optional<String> named = choices.intent().control();
        Set<AssetId> assets = named.isPresent()
                ? choices.intent().scope().assets()
                : choices.recovery().keySet();
        List<Remedies.Mending> mendings = Remedies.of(contracts, assets, named);
        return named.isPresent()
                ? mendings.stream()
                        .map(one -> Remedies.step(one, afterPreviousPhase(new TreeSet<>())))
                        .toList()
                : Remedies.among(ordered(Phase.RECOVERY, choices.recovery(), relations.order()), mendings, relations);
    }

    /** What the orchestrator hangs on goes when all else has settled (R30). */
    private List<Step> shutdown() {
        NavigableMap<AssetId, Verb> verbs = choices.shutdown();
        Graph<AssetId> order = relations.order().reversed();
        if (own.isEmpty() || own.get().missing().isPresent()) {
            List<Step> all = ordered(Phase.SHUTDOWN, verbs, order);
            all.addAll(cutOffs(all));
            return all;
        }
        OwnChain chain = own.get();
        verbs.keySet().removeAll(chain.hops());
        verbs.keySet().removeAll(chain.carried());
        List<Step> drafted = ordered(Phase.SHUTDOWN, verbs, order);
        StepId seal = id(Phase.SHUTDOWN, "seal");
        drafted.add(of(seal, Phase.SHUTDOWN, Verb.SEAL, chain.machine(), afterPreviousPhase(sinks(drafted))));
        Step first = step(Phase.SHUTDOWN, Verb.HAND_OVER, chain.machine(), new TreeSet<>(Set.of(seal)));
        drafted.add(first.lasting(first.expected().plus(chain.grace(relations))));
        Graph<AssetId> hops = order.reducedTo(chain.hops());
        for (AssetId hop : hops.order()) {
            if (!hop.equals(chain.machine())) {
                NavigableSet<StepId> needs = new TreeSet<>(Set.of(first.id()));
                hops.needs(hop).forEach(need -> needs.add(id(Phase.SHUTDOWN, need.toString())));
                drafted.add(step(Phase.SHUTDOWN, Verb.HAND_OVER, hop, needs));
            }
        }
        drafted.addAll(cutOffs(drafted));
        return drafted;
    }

    /** In a shutdown by power nothing waits for a gate (R34): the receipt tells what each found. */
    private List<Step> withGates(List<Step> shutdown) {
        List<Step> drafted = new ArrayList<>();
        if (choices.intent().trigger() == Trigger.POWER) {
            drafted.addAll(gates(Phase.SHUTDOWN));
        }
        drafted.addAll(shutdown);
        return drafted;
    }

    /**
     * Planned work has the time to back a Home Assistant up, where its contract says so: before it goes down, and before a
     * NAS of its site does, which may be where the backup goes.
     */
    private List<Step> withBackups(List<Step> shutdown) {
        List<Step> drafted = new ArrayList<>(shutdown);
        if (choices.intent().trigger() == Trigger.POWER) {
            return drafted;
        }
        NavigableMap<AssetId, Verb> verbs = choices.shutdown();
        for (Site site : contracts.sites().values()) {
            site.homeAssistant()
                    .filter(home -> home.backup().isPresent() && verbs.containsKey(home.guest()))
                    .ifPresent(home -> {
                        Step backup = new Step(
                                id(Phase.SHUTDOWN, home.guest() + ":back-up"),
                                Phase.SHUTDOWN,
                                Verb.BACK_UP,
                                Optional.of(home.guest()),
                                afterPreviousPhase(new TreeSet<>()),
                                home.backup().orElseThrow(),
                                Optional.empty());
                        drafted.replaceAll(step -> needsBackup(home.guest(), step) ? step.after(backup.id()) : step);
                        drafted.add(0, backup);
                    });
        }
        return drafted;
    }

    private boolean needsBackup(AssetId home, Step step) {
        boolean nas = step.verb() == Verb.POWER_OFF
                && step.asset()
                        .flatMap(contracts::asset)
                        .filter(Nas.class::isInstance)
                        .isPresent()
                && step.asset()
                        .filter(asset -> asset.site().equals(home.site()))
                        .isPresent();
        boolean itself = step.verb() == Verb.SHUT_DOWN
                && step.asset().filter(home::equals).isPresent();
        return nas || itself || step.verb() == Verb.SEAL;
    }

    /** R35: last of all, and with the power-off of all that it feeds in sight. */
    private List<Step> cutOffs(List<Step> others) {
        List<Step> drafted = new ArrayList<>();
        for (CutOff cutOff : choices.cutOffs(contracts)) {
            if (cutOff.missing().isEmpty()) {
                NavigableSet<StepId> needs = sinks(others);
                cutOff.machines().forEach(machine -> needs.add(id(Phase.SHUTDOWN, machine.toString())));
                drafted.add(step(Phase.SHUTDOWN, Verb.CUT_OFF, cutOff.ups().id(), needs));
            }
        }
        return drafted;
    }

    /** Of the one node that a round is about. */
    private List<Step> reboot() {
        AssetId node = choices.intent().scope().assets().iterator().next();
        List<Step> drafted = new ArrayList<>();
        NavigableSet<StepId> needs = new TreeSet<>();
        contracts.policy().between().ifPresent(between -> {
            StepId id = id(Phase.REBOOT, node + ":between");
            drafted.add(of(id, Phase.REBOOT, Verb.BETWEEN, node, afterPreviousPhase(new TreeSet<>()))
                    .lasting(between.takes()));
            needs.add(id);
        });
        drafted.add(step(Phase.REBOOT, Verb.REBOOT, node, needs));
        return drafted;
    }

    private List<Step> precheck() {
        List<Step> drafted = new ArrayList<>();
        choices.precheck().forEach((asset, verb) -> drafted.add(step(Phase.PRECHECK, verb, asset, new TreeSet<>())));
        for (Site site : contracts.sites().values()) {
            if (choices.sites().contains(site.id()) && site.outOfBand().required()) {
                drafted.add(new Step(
                        id(Phase.PRECHECK, site.id() + ":guard"),
                        Phase.PRECHECK,
                        Verb.GUARD,
                        site.outOfBand().askedOn(),
                        afterPreviousPhase(new TreeSet<>()),
                        expected.of(Verb.GUARD, Optional.empty()),
                        Optional.empty()));
            }
        }
        drafted.addAll(gates(Phase.PRECHECK));
        drafted.addAll(probes(Phase.PRECHECK, before));
        return drafted;
    }

    /** Every node and every declared probe, except those of assets that this very run leaves down. */
    private List<Step> verify() {
        Map<String, Step> drafted = new TreeMap<>();
        boolean starts = choices.intent().phases().contains(Phase.STARTUP);
        NavigableSet<AssetId> asked = starts ? choices.up() : choices.selected();
        for (Site site : contracts.sites().values()) {
            for (Node node : site.nodes()) {
                if (asked.contains(node.id())) {
                    Step step = step(Phase.VERIFY, Verb.CHECK, node.id(), new TreeSet<>());
                    drafted.put(step.id().value(), step);
                }
            }
        }
        probes(Phase.VERIFY, asked).forEach(step -> drafted.put(step.id().value(), step));
        return List.copyOf(drafted.values());
    }

    private List<Step> probes(Phase phase, NavigableSet<AssetId> asked) {
        List<Step> drafted = new ArrayList<>();
        for (Site site : contracts.sites().values()) {
            for (Probe probe : site.probes()) {
                if (asked.contains(probe.asset())) {
                    drafted.add(new Step(
                            StepId.ofProbe(phase, probe),
                            phase,
                            Verb.PROBE,
                            Optional.of(probe.asset()),
                            afterPreviousPhase(new TreeSet<>()),
                            expected.of(Verb.PROBE, Optional.empty()),
                            Optional.of(probe)));
                }
            }
        }
        return drafted;
    }

    private Step step(Phase phase, Verb verb, AssetId asset, NavigableSet<StepId> needs) {
        return of(id(phase, asset.toString()), phase, verb, asset, afterPreviousPhase(needs));
    }

    private Step of(HaSteps.Draft draft, Phase phase) {
        return of(draft.id(), phase, draft.verb(), draft.at(), afterPreviousPhase(draft.needs()));
    }

    private Step of(StepId id, Phase phase, Verb verb, AssetId asset, NavigableSet<StepId> needs) {
        return new Step(
                id,
                phase,
                verb,
                Optional.of(asset),
                needs,
                expected.of(verb, Optional.ofNullable(relations.assets().get(asset))),
                Optional.empty());
    }

    /** The first steps of a phase need the end of the one before. */
    private NavigableSet<StepId> afterPreviousPhase(NavigableSet<StepId> needs) {
        if (needs.isEmpty()) {
            previousEnd.ifPresent(needs::add);
        }
        return needs;
    }

    private Step end(Phase phase, List<Step> drafted) {
        NavigableSet<StepId> last = sinks(drafted);
        StepId id = id(phase, "end");
        Step end = new Step(
                id, phase, Verb.PHASE_END, Optional.empty(), afterPreviousPhase(last), Duration.ZERO, Optional.empty());
        previousEnd = Optional.of(id);
        return end;
    }

    /** Those that none of the others needs. */
    private static NavigableSet<StepId> sinks(List<Step> drafted) {
        NavigableSet<StepId> last = new TreeSet<>();
        drafted.forEach(step -> last.add(step.id()));
        drafted.forEach(step -> last.removeAll(step.needs()));
        return last;
    }

    private static StepId id(Phase phase, String rest) {
        return new StepId(phase.word() + ":" + rest);
    }
}
