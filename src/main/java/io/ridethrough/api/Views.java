package io.ridethrough.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Policy;
import io.ridethrough.contract.SiteId;
import io.ridethrough.drill.Arming;
import io.ridethrough.drill.Armings;
import io.ridethrough.plan.IfPowerFailed;
import io.ridethrough.plan.PlanJson;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Inhibit;
import io.ridethrough.run.Outcome;
import io.ridethrough.run.Progress;
import io.ridethrough.run.Settled;
import io.ridethrough.run.Standing;
import io.ridethrough.run.WindowLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reports as JSON. Durations are seconds. */
final class Views {
    private Views() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** On what grounds a site that does not only watch was armed, and whether it goes by other contracts since. */
    static void armed(ObjectNode view, Standing standing, Armings armings, Contracts contracts, SiteId site) {
        if (standing.readiness(site) == Standing.Readiness.WATCHING) {
            return;
        }
        armings.of(site).ifPresent(arming -> {
            ObjectNode one = view.putObject("arming")
                    .put("contracts", arming.contracts())
                    .put("grounds", arming.said());
            if (arming.grounds() instanceof Arming.Waived waived) {
                one.put("waived", waived.reason());
            }
            if (!arming.contracts().equals(contracts.digestOf(site))) {
                one.put(
                        "contracts-changed",
                        "the contracts are others than those it was armed with: rehearse and arm anew");
            }
        });
    }

    /** What was decided last about each declared window of a site. */
    static void windows(ArrayNode into, SiteId site, Policy policy, WindowLog log) {
        for (Policy.Window window : policy.windows()) {
            if (window.sites().contains(site)) {
                ObjectNode one = into.addObject().put("window", window.id());
                log.last(window.id())
                        .ifPresent(last -> one.put("planned", last.planned().toString())
                                .put("decision", last.decision().name().toLowerCase(Locale.ROOT))
                                .put("reason", last.reason()));
            }
        }
    }

    static void decisions(ArrayNode into, List<PowerReport.Decided> decisions) {
        decisions.forEach(one -> into.addObject()
                .put("at", one.at().toString())
                .put("decision", one.decision())
                .put("reason", one.reason()));
    }

    /** Until when a site acts on nothing, and why, if it is inhibited. */
    static ObjectNode inhibit(ObjectNode into, Standing standing, SiteId site) {
        Inhibit inhibit = standing.inhibits().get(site);
        if (inhibit != null) {
            into.putObject("inhibit")
                    .put("until", inhibit.until().toString())
                    .put("by", inhibit.by())
                    .put("reason", inhibit.reason());
        }
        return into;
    }

    static ObjectNode ifPowerFailed(IfPowerFailed failed) {
        ObjectNode view = object().put("begins", seconds(failed.begins()))
                .put("ends", seconds(failed.ends()))
                .put("battery", seconds(failed.battery()));
        ArrayNode early = view.putArray("early");
        failed.early().forEach(one -> {
            ArrayNode guests = early.addObject()
                    .put("group", one.group())
                    .put("at", seconds(one.at()))
                    .putArray("guests");
            one.guests().forEach(guest -> guests.add(guest.toString()));
        });
        ArrayNode goes = view.putArray("goes");
        failed.goes().forEach(going -> goes.addObject()
                .put("asset", going.asset().toString())
                .put("verb", going.verb().name())
                .put("begin", seconds(going.begin()))
                .put("end", seconds(going.end()))
                .put("samples", going.samples()));
        ArrayNode lost = view.putArray("lost");
        failed.lost().forEach(asset -> lost.add(asset.toString()));
        ArrayNode shed = view.putArray("shed");
        failed.shed()
                .forEach(one ->
                        shed.addObject().put("asset", one.asset().toString()).put("saves", seconds(one.saves())));
        return view;
    }

    static ObjectNode way(TargetReport.WayState way) {
        ObjectNode view = object().put("target", way.target())
                .put("way", way.way())
                .put("breaker", way.state().word())
                .put("in-flight", way.inFlight());
        way.limit().ifPresent(limit -> view.put("limit", limit));
        way.lastAnswer().ifPresent(at -> view.put("last-answer", at.toString()));
        way.lastTrouble().ifPresent(trouble -> view.putObject("last-error")
                .put("at", trouble.at().toString())
                .put("words", trouble.words()));
        return view;
    }

    static ObjectNode progress(Progress progress) {
        ObjectNode view = object();
        view.put("run", progress.run());
        view.put("open", true);
        progress.asleep().ifPresent(why -> view.put("asleep", why));
        progress.unjournalled().ifPresent(why -> view.put("unjournalled", why));
        progress.otherContracts().ifPresent(words -> view.put("contracts-changed", words));
        view.put("scope", progress.plan().intent().scope().toString());
        view.put("reason", progress.plan().intent().reason());
        view.put("since", seconds(progress.since()));
        view.put("forecast", seconds(progress.plan().forecast().takes()));
        Map<String, Settled> settled = new HashMap<>();
        progress.settled().forEach(one -> settled.put(one.step().id().value(), one));
        if (!progress.escalated().isEmpty()) {
            ArrayNode escalated = view.putArray("escalated");
            progress.escalated().forEach(escalated::add);
        }
        if (!progress.rulings().isEmpty()) {
            ArrayNode rulings = view.putArray("overrides");
            progress.rulings().forEach(ruling -> rulings.add(ruling.json()));
        }
        ArrayNode steps = view.putArray("steps");
        for (Step step : progress.plan().steps()) {
            ObjectNode body = PlanJson.step(progress.plan(), step);
            Settled done = settled.get(step.id().value());
            if (done != null) {
                body.put("state", "settled")
                        .put("outcome", done.outcome().word())
                        .put("evidence", done.outcome().evidence())
                        .put("took", seconds(done.took()))
                        .put("forced", done.outcome() instanceof Outcome.Done how && how.forced());
            } else if (progress.running().containsKey(step.id())) {
                body.put("state", "running")
                        .put("for", seconds(progress.running().getOrDefault(step.id(), Duration.ZERO)));
                Optional.ofNullable(progress.said().get(step.id())).ifPresent(words -> body.put("words", words));
            } else if (progress.halted().containsKey(step.id())) {
                body.put("state", "halted").put("evidence", progress.halted().getOrDefault(step.id(), ""));
            } else {
                ArrayNode waits = body.put("state", "waiting").putArray("waits-for");
                progress.waiting().getOrDefault(step.id(), List.of()).forEach(need -> waits.add(need.value()));
            }
            steps.add(body);
        }
        return view;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
