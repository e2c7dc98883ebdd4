package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Planner;
import io.ridethrough.plan.Scope;
import io.ridethrough.plan.Seen;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The order of a shutdown and of the startup after it, judged by what the hosts of a lab wrote down (R1, R2). */
record HostOrder(Contracts contracts, List<Plan> plans) {
    static HostOrder of(Contracts contracts) {
        return new HostOrder(
                contracts,
                List.of(
                        Planner.plan(intent(contracts, Phase.SHUTDOWN), contracts, Seen.nothing()),
                        Planner.plan(intent(contracts, Phase.STARTUP), contracts, Seen.nothing())));
    }

    private static Intent intent(Contracts contracts, Phase phase) {
        Set<SiteId> all = contracts.sites().keySet();
        return new Intent(
                new Scope(all, Set.of()),
                List.of(phase),
                Trigger.HAND,
                all,
                Optional.empty(),
                false,
                true,
                Optional.empty(),
                "a test",
                "to see its order");
    }

    /** Nothing began before all that it needs had ended. */
    void holds(List<LabEvent> events) {
        int judged = 0;
        for (Plan plan : plans) {
            Map<StepId, Step> steps = plan.steps().stream().collect(Collectors.toMap(Step::id, Function.identity()));
            Map<StepId, Moments> moments = new HashMap<>();
            steps.forEach((id, step) -> moments.put(id, moments(step, events)));
            for (Step step : steps.values()) {
                for (StepId need : step.needs()) {
                    Optional<Long> begun =
                            moments.getOrDefault(step.id(), Moments.NONE).begin();
                    Optional<Long> ended =
                            moments.getOrDefault(need, Moments.NONE).end();
                    if (begun.isPresent() && ended.isPresent()) {
                        judged++;
                        assertThat(ended.get())
                                .as("%s before %s", need, step.id())
                                .isLessThanOrEqualTo(begun.get());
                    }
                }
            }
        }
        assertThat(judged)
                .as("pairs in order")
                .isGreaterThan(plans.get(0).steps().size() / 2);
    }

    private record Moments(Optional<Long> begin, Optional<Long> end) {
        static final Moments NONE = new Moments(Optional.empty(), Optional.empty());
    }

    private record Mark(String host, String command, String verb, String id, String what) {
        Optional<Long> first(List<LabEvent> events) {
            return events.stream()
                    .filter(event -> equals(new Mark(
                            event.host(),
                            command.equals("*") ? "*" : event.command(),
                            event.verb(),
                            event.id(),
                            event.what())))
                    .map(LabEvent::micros)
                    .findFirst();
        }
    }

    private Moments moments(Step step, List<LabEvent> events) {
        Optional<AssetId> asset = step.asset();
        if (asset.isEmpty()) {
            return Moments.NONE;
        }
        String host = asset.get().toString();
        Optional<Guest> guest = Optional.ofNullable(contracts.assets().get(asset.get()))
                .filter(Guest.class::isInstance)
                .map(Guest.class::cast);
        Map<Verb, List<Mark>> marks = new EnumMap<>(Verb.class);
        guest.ifPresent(each -> {
            String on = each.runsOn().toString();
            String id = Integer.toString(each.vmid());
            marks.put(
                    Verb.SHUT_DOWN,
                    List.of(new Mark(on, "*", "shutdown", id, "begin"), new Mark(on, "*", "shutdown", id, "end")));
            marks.put(
                    Verb.START,
                    List.of(new Mark(on, "*", "start", id, "begin"), new Mark(host, "guest", "ready", id, "call")));
        });
        marks.put(
                Verb.POWER_OFF,
                List.of(
                        new Mark(host, "poweroff", "poweroff", "-", "begin"),
                        new Mark(host, "poweroff", "poweroff", "-", "end")));
        marks.put(
                Verb.WAKE,
                List.of(new Mark(host, "boot", "boot", "-", "begin"), new Mark(host, "boot", "boot", "-", "end")));
        List<Mark> both = marks.getOrDefault(step.verb(), List.of());
        return both.isEmpty()
                ? Moments.NONE
                : new Moments(both.get(0).first(events), both.get(1).first(events));
    }
}
