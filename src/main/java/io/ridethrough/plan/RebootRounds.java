package io.ridethrough.plan;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Mode reboot: one round a node, each a whole run from precheck to verify, one after the other. A round begins when every
 * phase of the one before it has ended well, so that the first regression leaves all further nodes alone. All probes are
 * asked before the first round, and those of a round again before it: what was not well then is no regression.
 */
final class RebootRounds {
    private final Intent intent;
    private final Contracts contracts;
    private final Seen seen;
    private final Relations relations;

    RebootRounds(Intent intent, Contracts contracts, Seen seen, Relations relations) {
        this.intent = intent;
        this.contracts = contracts;
        this.seen = seen;
        this.relations = relations;
    }

    Plan plan() {
        Choices all = Choices.of(intent, contracts, seen, relations);
        List<AssetId> nodes = nodes();
        List<Step> steps = new ArrayList<>();
        NavigableSet<StepId> before = new TreeSet<>();
        for (AssetId node : nodes) {
            Intent about = about(node);
            Choices choices = Choices.of(about, contracts, seen, relations);
            List<Step> round = Planner.round(choices, contracts, steps.isEmpty() ? all.up() : choices.up());
            String mark = steps.isEmpty() ? "" : "@" + node.name();
            NavigableSet<StepId> ends = new TreeSet<>();
            for (Step step : round) {
                Step placed = placed(step, mark, before);
                steps.add(placed);
                if (placed.verb() == Verb.PHASE_END) {
                    ends.add(placed.id());
                }
            }
            before = ends;
        }
        return new Plan(
                intent,
                steps,
                new Forecasting(relations.assets(), steps).forecast(),
                notes(all, steps, nodes),
                refusal(nodes));
    }

    /** Steps of a later round are told apart by the node that they are for, and its first ones wait for all before. */
    private static Step placed(Step step, String mark, NavigableSet<StepId> before) {
        NavigableSet<StepId> needs = new TreeSet<>();
        step.needs().forEach(need -> needs.add(new StepId(need.value() + mark)));
        if (needs.isEmpty()) {
            needs.addAll(before);
        }
        return new Step(
                new StepId(step.id().value() + mark),
                step.phase(),
                step.verb(),
                step.asset(),
                needs,
                step.expected(),
                step.probe(),
                step.control());
    }

    private Intent about(AssetId node) {
        return new Intent(
                new Scope(Set.of(), Set.of(node)),
                intent.phases(),
                intent.trigger(),
                Set.of(),
                intent.window(),
                false,
                intent.execute(),
                intent.acknowledgement(),
                intent.by(),
                intent.reason());
    }

    /** Those that were named, or all of the sites that were, in the order in which they would start. */
    private List<AssetId> nodes() {
        return relations.order().order().stream()
                .filter(id -> relations.assets().get(id) instanceof Node)
                .filter(id -> intent.scope().assets().contains(id)
                        || intent.scope().sites().contains(id.site()))
                .toList();
    }

    private List<String> notes(Choices all, List<Step> steps, List<AssetId> nodes) {
        List<String> notes = new ArrayList<>();
        if (nodes.size() > 1) {
            notes.add("one node at a time: "
                    + String.join(", ", nodes.stream().map(AssetId::toString).toList())
                    + "; the first that does not come back well is the last that is touched");
        }
        notes.add(contracts
                .policy()
                .between()
                .map(between -> "between drain and reboot: " + String.join(" ", between.run()))
                .orElse("nothing is declared between drain and reboot"));
        notes.addAll(PlanNotes.of(all, contracts, steps, Optional.empty()));
        return notes;
    }

    private Optional<String> refusal(List<AssetId> nodes) {
        if (nodes.isEmpty()) {
            return Optional.of("nothing to reboot: name a node, or a site that has one");
        }
        Optional<AssetId> held = nodes.stream().filter(seen.held()::contains).findFirst();
        if (held.isPresent()) {
            return Optional.of(held.get() + " is held: release it first, or name the other nodes");
        }
        return contracts.sites().values().stream()
                .flatMap(site -> site.orchestrator().runsOn().stream())
                .map(this::machine)
                .filter(nodes::contains)
                .findFirst()
                .map(own -> own + " carries this orchestrator, which would be drained before it can reboot it:"
                        + " reboot it by hand, or name the other nodes");
    }

    private AssetId machine(AssetId home) {
        Asset asset = relations.assets().get(home);
        return asset instanceof Guest guest ? guest.runsOn() : home;
    }
}
