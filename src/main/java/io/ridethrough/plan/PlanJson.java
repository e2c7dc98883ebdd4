package io.ridethrough.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plan as JSON for the command line and the journal. Durations are seconds; steps stand after what they need. */
public final class PlanJson {
    private PlanJson() {}

    /** The same plan always gives the same tree, keys in the same order. */
    public static ObjectNode of(Plan plan) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        Intent intent = plan.intent();
        view.put("scope", intent.scope().toString());
        strings(view.putArray("phases"), intent.phases().stream().map(Phase::word));
        view.put("trigger", intent.trigger().name().toLowerCase(Locale.ROOT));
        view.put("execute", intent.execute());
        strings(view.putArray("power-off"), intent.powerOff().stream().sorted());
        intent.window().ifPresent(window -> view.put("window", window));
        view.put("boundary", intent.boundary());
        intent.acknowledgement().ifPresent(token -> view.put("acknowledgement", token));
        intent.control().ifPresent(control -> view.put("control", control));
        view.put("by", intent.by());
        view.put("reason", intent.reason());
        view.put("forecast", seconds(plan.forecast().takes()));
        strings(view.putArray("critical-path"), plan.forecast().criticalPath().stream());
        plan.refusal().ifPresent(why -> view.put("refusal", why));
        strings(view.putArray("notes"), plan.notes().stream());
        ArrayNode steps = view.putArray("steps");
        plan.steps().forEach(step -> steps.add(step(plan, step)));
        HandOver.of(plan).ifPresent(told -> told.hops().forEach(hop -> {
            ObjectNode at = (ObjectNode) steps.get(plan.steps().indexOf(hop.step()));
            at.put("delay", seconds(hop.delay()));
        }));
        return view;
    }

    /** One step of a plan: what it does to which asset, after what, and when it is expected. */
    public static ObjectNode step(Plan plan, Step step) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("step", step.id().value());
        view.put("phase", step.phase().word());
        view.put("verb", step.verb().name());
        step.asset().map(AssetId::toString).ifPresent(asset -> view.put("asset", asset));
        step.probe().ifPresent(probe -> view.put("probe", probe.id()).set("question", ProbeJson.of(probe)));
        step.control().ifPresent(control -> view.put("control", control));
        strings(view.putArray("needs"), step.needs().stream());
        view.put("expected", seconds(step.expected()));
        Forecast.Span span = plan.forecast().spans().get(step.id());
        if (span != null) {
            view.put("expected-begin", seconds(span.begin())).put("expected-end", seconds(span.end()));
        }
        return view;
    }

    /**
     * The plan that {@link #of} wrote, equal to it in everything but what no run needs: durations are kept to the
     * millisecond.
     *
     * @throws IllegalArgumentException when the tree is no plan
     */
    public static Plan read(JsonNode view) {
        List<Step> steps = new ArrayList<>();
        Map<StepId, Forecast.Span> spans = new HashMap<>();
        for (JsonNode each : view.path("steps")) {
            Step step = step(each);
            steps.add(step);
            if (each.has("expected-begin")) {
                spans.put(
                        step.id(),
                        new Forecast.Span(duration(each.path("expected-begin")), duration(each.path("expected-end"))));
            }
        }
        return new Plan(
                intent(view),
                steps,
                new Forecast(
                        duration(view.path("forecast")),
                        texts(view.path("critical-path")).stream()
                                .map(StepId::new)
                                .toList(),
                        spans),
                texts(view.path("notes")),
                text(view, "refusal"));
    }

    private static Intent intent(JsonNode view) {
        return new Intent(
                scope(view.path("scope").asText()),
                texts(view.path("phases")).stream().map(PlanJson::phase).toList(),
                Trigger.valueOf(view.path("trigger").asText().toUpperCase(Locale.ROOT)),
                texts(view.path("power-off")).stream().map(SiteId::new).collect(Collectors.toSet()),
                text(view, "window"),
                view.path("boundary").asBoolean(),
                view.path("execute").asBoolean(),
                text(view, "acknowledgement"),
                view.path("by").asText(),
                view.path("reason").asText(),
                text(view, "control"));
    }

    private static Scope scope(String written) {
        List<String> parts = List.of(written.split(",", -1));
        return written.contains("/")
                ? new Scope(Set.of(), parts.stream().map(AssetId::parse).collect(Collectors.toSet()))
                : new Scope(parts.stream().map(SiteId::new).collect(Collectors.toSet()), Set.of());
    }

    private static Step step(JsonNode view) {
        return new Step(
                new StepId(view.path("step").asText()),
                phase(view.path("phase").asText()),
                Verb.valueOf(view.path("verb").asText()),
                text(view, "asset").map(AssetId::parse),
                texts(view.path("needs")).stream().map(StepId::new).collect(Collectors.toCollection(TreeSet::new)),
                duration(view.path("expected")),
                view.has("question") ? Optional.of(ProbeJson.read(view.path("question"))) : Optional.empty(),
                text(view, "control"));
    }

    private static Phase phase(String word) {
        return Phase.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static Optional<String> text(JsonNode view, String key) {
        return view.hasNonNull(key) ? Optional.of(view.path(key).asText()) : Optional.empty();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static Duration duration(JsonNode seconds) {
        if (!seconds.isNumber()) {
            throw new IllegalArgumentException("not a number of seconds: " + seconds);
        }
        return Duration.ofMillis(Math.round(seconds.asDouble() * 1000));
    }

    private static void strings(ArrayNode array, Stream<?> values) {
        values.forEach(value -> array.add(String.valueOf(value)));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
