package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.plan.Forecast;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The one receipt of a run: what was asked, what was decided, what was done and seen. */
final class Receipts {
    /** The key of why a person is needed. */
    static final String ESCALATED = "escalated";

    private Receipts() {}

    /** @param ended by the wall clock */
    static ObjectNode of(OpenRun run, String world, Instant ended, Time time) {
        Intent intent = run.plan.intent();
        ObjectNode receipt = Notes.object();
        receipt.put("kind", "run");
        receipt.put("run", run.id);
        receipt.put("world", world);
        receipt.put("scope", intent.scope().toString());
        receipt.put("trigger", intent.trigger().name());
        receipt.put("by", intent.by());
        receipt.put("reason", intent.reason());
        intent.window().ifPresent(window -> receipt.put("window", window));
        intent.acknowledgement().ifPresent(token -> receipt.put("acknowledgement", token));
        ArrayNode phases = receipt.putArray("phases");
        intent.phases().forEach(phase -> phases.add(phase.word()));
        receipt.put("contracts", run.digest);
        run.otherContracts().ifPresent(words -> receipt.put("contracts-changed", words));
        receipt.put("began", run.begun.toString());
        receipt.put("ended", ended.toString());
        receipt.put("took", Duration.ofNanos(time.nanos() - run.begunNanos).toString());
        receipt.put("forecast", run.plan.forecast().takes().toString());
        receipt.put("result", result(run));
        run.stopped().ifPresent(why -> receipt.put("stopped", why));
        run.unjournalled().ifPresent(why -> receipt.put("unjournalled", why));
        if (!run.resumptions().isEmpty()) {
            ArrayNode resumed = receipt.putArray("resumed");
            run.resumptions().forEach(at -> resumed.add(at.toString()));
        }
        if (!run.rulings.all().isEmpty()) {
            ArrayNode rulings = receipt.putArray("overrides");
            run.rulings.all().forEach(ruling -> rulings.add(ruling.json()));
        }
        gates(run, receipt);
        remedies(run, receipt);
        List<String> escalated = Escalation.of(run);
        if (!escalated.isEmpty()) {
            ArrayNode reasons = receipt.putArray(ESCALATED);
            escalated.forEach(reasons::add);
        }
        if (!run.manner().isEmpty()) {
            ArrayNode manner = receipt.putArray("manner");
            run.manner().forEach(manner::add);
        }
        ArrayNode notes = receipt.putArray("notes");
        run.plan.notes().forEach(notes::add);
        ArrayNode steps = receipt.putArray("steps");
        run.settled().stream()
                .filter(settled -> settled.step().verb() != Verb.PHASE_END)
                .forEach(settled -> steps.add(step(run, settled)));
        return receipt;
    }

    private static void gates(OpenRun run, ObjectNode receipt) {
        List<ObjectNode> gates = run.settled().stream()
                .filter(settled -> Gate.VERBS.contains(settled.step().verb()))
                .map(Gate::told)
                .toList();
        if (!gates.isEmpty()) {
            receipt.putArray("gates").addAll(gates);
        }
    }

    /** What was mended, or could not be; what held before is not among it. */
    private static void remedies(OpenRun run, ObjectNode receipt) {
        List<ObjectNode> all = run.settled().stream()
                .filter(settled -> settled.step().verb() == Verb.REMEDY)
                .filter(settled -> !(settled.outcome() instanceof Outcome.AlreadyDone))
                .map(settled -> Notes.object()
                        .put("control", settled.step().control().orElse(""))
                        .put(
                                "asset",
                                settled.step().asset().map(Object::toString).orElse(""))
                        .put("outcome", settled.outcome().word())
                        .put("evidence", settled.outcome().evidence()))
                .toList();
        if (!all.isEmpty()) {
            receipt.putArray("remedies").addAll(all);
        }
    }

    private static ObjectNode step(OpenRun run, Settled settled) {
        ObjectNode body = Notes.settled(settled);
        Step step = settled.step();
        Forecast.Span span = run.plan.forecast().spans().get(step.id());
        body.put("phase", step.phase().word());
        if (span != null) {
            body.put("expected-begin", span.begin().toString());
            body.put("expected-end", span.end().toString());
        }
        ArrayNode needs = body.putArray("needs");
        step.needs().forEach(need -> needs.add(need.value()));
        return body;
    }

    /** {@code complete}, {@code incomplete} or {@code stopped}. */
    static String result(OpenRun run) {
        if (run.stopped().isPresent()) {
            return "stopped";
        }
        boolean well =
                run.settled().stream().allMatch(settled -> settled.outcome().seen());
        return well ? "complete" : "incomplete";
    }
}
