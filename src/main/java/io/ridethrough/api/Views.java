package io.ridethrough.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.Forecast;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Outcome;
import io.ridethrough.run.Progress;
import io.ridethrough.run.Settled;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reports as JSON. Durations are seconds. */
final class Views {
    private Views() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode plan(Plan plan) {
        ObjectNode view = object();
        view.put("scope", plan.intent().scope().toString());
        view.put("forecast", seconds(plan.forecast().takes()));
        plan.refusal().ifPresent(why -> view.put("refusal", why));
        ArrayNode notes = view.putArray("notes");
        plan.notes().forEach(notes::add);
        ArrayNode steps = view.putArray("steps");
        plan.steps().forEach(step -> steps.add(step(plan, step)));
        return view;
    }

    static ObjectNode progress(Progress progress) {
        ObjectNode view = object();
        view.put("run", progress.run());
        view.put("open", true);
        view.put("scope", progress.plan().intent().scope().toString());
        view.put("reason", progress.plan().intent().reason());
        view.put("since", seconds(progress.since()));
        view.put("forecast", seconds(progress.plan().forecast().takes()));
        Map<String, Settled> settled = new HashMap<>();
        progress.settled().forEach(one -> settled.put(one.step().id().value(), one));
        ArrayNode steps = view.putArray("steps");
        for (Step step : progress.plan().steps()) {
            ObjectNode body = step(progress.plan(), step);
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
            } else {
                ArrayNode waits = body.put("state", "waiting").putArray("waits-for");
                progress.waiting().getOrDefault(step.id(), List.of()).forEach(need -> waits.add(need.value()));
            }
            steps.add(body);
        }
        return view;
    }

    private static ObjectNode step(Plan plan, Step step) {
        ObjectNode view = object();
        view.put("step", step.id().value());
        view.put("phase", step.phase().word());
        view.put("verb", step.verb().name());
        step.asset().map(AssetId::toString).ifPresent(asset -> view.put("asset", asset));
        ArrayNode needs = view.putArray("needs");
        step.needs().forEach(need -> needs.add(need.value()));
        Forecast.Span span = plan.forecast().spans().get(step.id());
        if (span != null) {
            view.put("expected-begin", seconds(span.begin())).put("expected-end", seconds(span.end()));
        }
        return view;
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
