package io.ridethrough.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Probe;
import java.time.Duration;
import java.util.stream.Stream;

/** A plan as JSON for the API and the command line. Durations are seconds; steps stand after what they need. */
public final class PlanJson {
    private PlanJson() {}

    /** The same plan always gives the same tree, keys in the same order. */
    public static ObjectNode of(Plan plan) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        Intent intent = plan.intent();
        view.put("scope", intent.scope().toString());
        strings(view.putArray("phases"), intent.phases().stream().map(Phase::word));
        view.put("trigger", intent.trigger().name().toLowerCase(java.util.Locale.ROOT));
        view.put("execute", intent.execute());
        strings(view.putArray("power-off"), intent.powerOff().stream().sorted());
        intent.window().ifPresent(window -> view.put("window", window));
        view.put("by", intent.by());
        view.put("reason", intent.reason());
        view.put("forecast", seconds(plan.forecast().takes()));
        strings(view.putArray("critical-path"), plan.forecast().criticalPath().stream());
        plan.refusal().ifPresent(why -> view.put("refusal", why));
        strings(view.putArray("notes"), plan.notes().stream());
        ArrayNode steps = view.putArray("steps");
        plan.steps().forEach(step -> steps.add(step(plan, step)));
        return view;
    }

    /** One step of a plan: what it does to which asset, after what, and when it is expected. */
    public static ObjectNode step(Plan plan, Step step) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("step", step.id().value());
        view.put("phase", step.phase().word());
        view.put("verb", step.verb().name());
        step.asset().map(AssetId::toString).ifPresent(asset -> view.put("asset", asset));
        step.probe().map(Probe::id).ifPresent(probe -> view.put("probe", probe));
        strings(view.putArray("needs"), step.needs().stream());
        view.put("expected", seconds(step.expected()));
        Forecast.Span span = plan.forecast().spans().get(step.id());
        if (span != null) {
            view.put("expected-begin", seconds(span.begin())).put("expected-end", seconds(span.end()));
        }
        return view;
    }

    private static void strings(ArrayNode array, Stream<?> values) {
        values.forEach(value -> array.add(String.valueOf(value)));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
