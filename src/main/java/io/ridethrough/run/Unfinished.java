package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.PlanJson;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run without a receipt, as the journal tells it: the only truth after a process has ended. */
final class Unfinished {
    private static final Logger LOG = LoggerFactory.getLogger(Unfinished.class);

    private static final Duration LATELY = Duration.ofMinutes(10);

    final String id;
    final Plan plan;
    /** The digest of the contracts it was planned with. */
    final String contracts;

    final Instant begun;
    final Map<StepId, Settled> settled = new LinkedHashMap<>();
    final Map<StepId, Past> past = new HashMap<>();
    /** What persons said about its steps, oldest first. */
    final List<Ruling> rulings = new ArrayList<>();
    /** When processes took it up again. */
    final List<Instant> resumed = new ArrayList<>();

    /** What was done otherwise than planned work does it. */
    final List<String> manner = new ArrayList<>();

    Optional<String> stopped = Optional.empty();
    Optional<Instant> closed = Optional.empty();
    /** When it was taken up since anything last went forward. */
    final List<Instant> inVain = new ArrayList<>();

    private final Map<StepId, Step> steps = new HashMap<>();
    private final Map<StepId, List<Past.Attempt>> attempts = new HashMap<>();

    private Unfinished(Entry first) {
        this.id = first.run().orElseThrow();
        this.plan = PlanJson.read(first.body());
        this.contracts = first.body().path("contracts").asText();
        this.begun = first.at();
        plan.steps().forEach(step -> steps.put(step.id(), step));
    }

    /** Every run whose receipt is missing, oldest first. One whose plan cannot be read is reported and left alone. */
    static List<Unfinished> of(Journal journal) {
        List<Unfinished> found = new ArrayList<>();
        for (Entry begun : journal.ofKinds(Notes.RUN_BEGUN)) {
            String run = begun.run().orElse("");
            if (journal.receipt(run).isPresent()) {
                continue;
            }
            try {
                Unfinished unfinished = new Unfinished(begun);
                journal.ofRun(run).forEach(unfinished::fold);
                found.add(unfinished);
            } catch (IllegalArgumentException e) {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("run", run)
                        .log("An unfinished run cannot be read and is left as it is; a person is needed");
            }
        }
        return found;
    }

    private void fold(Entry entry) {
        JsonNode body = entry.body();
        switch (entry.kind()) {
            case Notes.OBSERVED -> {
                if (!"Unseen".equals(body.path("sight").asText())) {
                    past.putIfAbsent(step(body), new Past(true, List.of()));
                }
            }
            case Notes.INTENTION, Notes.SEALED -> {
                attempt(step(body), body, entry.at());
                inVain.clear();
            }
            case Notes.ANSWERED -> {
                answer(step(body), body);
                inVain.clear();
            }
            case Notes.SETTLED -> {
                settle(body);
                inVain.clear();
            }
            case Notes.RUN_STOPPED ->
                stopped = stopped.or(() -> Optional.of(body.path("reason").asText()));
            case Notes.RUN_RESUMED -> {
                resumed.add(entry.at());
                inVain.add(entry.at());
            }
            case Notes.RULED -> rule(body);
            case Notes.INTERRUPTED -> {
                if (body.has("what")) {
                    manner.add(Occupied.aborted(step(body), body.path("what").asText()));
                }
            }
            case Notes.RUN_CLOSED -> closed = Optional.of(entry.at());
            default -> {
                // what is not about steps does not change how the run stands
            }
        }
    }

    /** Taken up twice of late, and nothing went forward: the reason to wait for a person (R31). Protection never waits. */
    Optional<String> crashLoop(Instant now) {
        boolean protects = plan.intent().trigger() == Trigger.POWER
                && plan.intent().phases().contains(Phase.SHUTDOWN);
        long late = inVain.stream()
                .filter(at -> Duration.between(at, now).abs().compareTo(LATELY) < 0)
                .count();
        return protects || late < 2
                ? Optional.empty()
                : Optional.of("taken up " + late + " times within " + LATELY.toMinutes()
                        + " minutes, and nothing went forward: a person is needed");
    }

    private static StepId step(JsonNode body) {
        return new StepId(body.path("step").asText());
    }

    /** A person's word; what is to be done again has not settled any more, and is tried from the first rung. */
    private void rule(JsonNode body) {
        Ruling ruling = Ruling.read(id, body);
        rulings.add(ruling);
        body.path("again").forEach(step -> settled.remove(new StepId(step.asText())));
        if (ruling.word() == Ruling.Word.RETRY) {
            attempts.remove(ruling.step());
            past.computeIfPresent(ruling.step(), (step, before) -> before.forgotten());
        }
        inVain.clear();
    }

    private void attempt(StepId step, JsonNode body, Instant at) {
        List<Past.Attempt> all = attempts.computeIfAbsent(step, none -> new ArrayList<>());
        all.add(new Past.Attempt(
                body.path("rung").asInt(), Rung.Force.valueOf(body.path("force").asText()), at, Optional.empty()));
        past.put(step, new Past(true, all));
    }

    private void answer(StepId step, JsonNode body) {
        List<Past.Attempt> all = attempts.get(step);
        if (all == null) {
            return;
        }
        Past.Attempt last = all.remove(all.size() - 1);
        String evidence = body.path("evidence").asText();
        Answer answer =
                switch (body.path("answer").asText()) {
                    case "Accepted" -> new Answer.Accepted(evidence);
                    case "Awaited" -> new Answer.Awaited(evidence);
                    case "Declined" -> new Answer.Declined(evidence);
                    case "Undelivered" -> new Answer.Undelivered(evidence);
                    case "Resting" -> new Answer.Resting(evidence);
                    case "Barred" -> new Answer.Barred(evidence);
                    default -> new Answer.Lost(evidence);
                };
        all.add(new Past.Attempt(last.rung(), last.force(), last.at(), Optional.of(answer)));
        past.put(step, new Past(true, all));
    }

    private void settle(JsonNode body) {
        @Nullable Step step = steps.get(step(body));
        if (step == null) {
            throw new IllegalArgumentException("step " + step(body) + " of run " + id + " is not in its plan");
        }
        settled.put(
                step.id(),
                new Settled(
                        id,
                        step,
                        outcome(body),
                        Instant.parse(body.path("begun").asText()),
                        Duration.parse(body.path("took").asText())));
    }

    private static Outcome outcome(JsonNode body) {
        String evidence = body.path("evidence").asText();
        return switch (body.path("outcome").asText()) {
            case "Done" -> new Outcome.Done(evidence, body.path("forced").asBoolean(false));
            case "AlreadyDone" -> new Outcome.AlreadyDone(evidence);
            case "Refused" -> new Outcome.Refused(evidence);
            case "Skipped" -> new Outcome.Skipped(evidence);
            case "SaidDone" -> new Outcome.SaidDone(evidence);
            case "Failed" -> new Outcome.Failed(evidence);
            default -> new Outcome.Unknown(evidence);
        };
    }
}
