package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Seen;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * The second half of a maintenance window goes on with a first half that really ran: the journal must know a run of that
 * window that has ended and took something down at every site of the second. What was found stands in the plan's notes.
 */
public final class WindowHalves implements Planning {
    private static final Set<String> DOWN =
            Set.of(Verb.SHUT_DOWN.name(), Verb.COMPOSE_STOP.name(), Verb.COMPOSE_DOWN.name(), Verb.POWER_OFF.name());

    /**
     * A run of a window as the journal tells of it.
     *
     * @param result empty while it has not ended
     */
    private record Half(String run, Optional<String> result, Set<AssetId> down) {
        @Override
        public String toString() {
            return "run " + run + " took down " + down.size() + (down.size() == 1 ? " asset" : " assets") + " ("
                    + result.orElse("not ended") + ")";
        }
    }

    private final Planning planning;
    private final Journal journal;

    public WindowHalves(Planning planning, Journal journal) {
        this.planning = planning;
        this.journal = journal;
    }

    @Override
    public Plan plan(Intent intent, Contracts contracts, Seen seen) {
        Plan plan = planning.plan(intent, contracts, seen);
        Optional<String> window = intent.window().filter(id -> isSecondHalf(intent));
        if (window.isEmpty()) {
            return plan;
        }
        List<Half> first = runsOf(window.get(), true);
        Optional<String> refusal = refusal(window.get(), first, intent.scope().touched());
        List<String> notes = new ArrayList<>(plan.notes());
        first.forEach(half -> notes.add("first half of window \"" + window.get() + "\": " + half));
        runsOf(window.get(), false)
                .forEach(half -> notes.add("it was gone on with before: run " + half.run() + " ("
                        + half.result().orElse("not ended") + ")"));
        return new Plan(
                intent, plan.steps(), plan.forecast(), notes, plan.refusal().or(() -> refusal));
    }

    private static boolean isSecondHalf(Intent intent) {
        return intent.trigger() == Trigger.HAND
                && intent.phases().contains(Phase.STARTUP)
                && !intent.phases().contains(Phase.SHUTDOWN);
    }

    private static Optional<String> refusal(String window, List<Half> first, Set<SiteId> sites) {
        if (first.isEmpty()) {
            return Optional.of("window \"" + window + "\" has no first half: the journal knows no shutdown of that id");
        }
        Optional<Half> open =
                first.stream().filter(half -> half.result().isEmpty()).findFirst();
        if (open.isPresent()) {
            return Optional.of("the first half of window \"" + window + "\" has not ended: " + open.get());
        }
        TreeSet<SiteId> missing = new TreeSet<>(sites);
        first.forEach(half -> half.down().forEach(asset -> missing.remove(asset.site())));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("the first half of window \"" + window + "\" took nothing down at " + join(missing) + ": "
                        + join(first));
    }

    private List<Half> runsOf(String window, boolean first) {
        return journal.ofKinds(Notes.RUN_BEGUN).stream()
                .filter(entry -> entry.body().path("window").asText().equals(window))
                .filter(entry -> tookDown(entry.body()) == first)
                .flatMap(entry -> entry.run().stream())
                .map(this::half)
                .toList();
    }

    private static boolean tookDown(JsonNode begun) {
        return StreamSupport.stream(begun.path("phases").spliterator(), false)
                .anyMatch(phase -> phase.asText().equals(Phase.SHUTDOWN.word()));
    }

    private Half half(String run) {
        Optional<String> result = Optional.empty();
        Set<AssetId> down = new TreeSet<>();
        for (Entry entry : journal.ofRun(run)) {
            JsonNode body = entry.body();
            if (entry.kind().equals(Notes.RUN_CLOSED)) {
                result = Optional.of(body.path("result").asText());
            } else if (entry.kind().equals(Notes.SETTLED)
                    && DOWN.contains(body.path("verb").asText())
                    && body.path("outcome").asText().equals("Done")) {
                down.add(AssetId.parse(body.path("asset").asText()));
            }
        }
        return new Half(run, result, down);
    }

    private static String join(Iterable<?> things) {
        List<String> words = new ArrayList<>();
        things.forEach(thing -> words.add(thing.toString()));
        return String.join(", ", words);
    }
}
