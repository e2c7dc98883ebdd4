package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.plan.Experience;
import io.ridethrough.plan.Experience.Did;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long earlier runs took, from the journal: by asset and verb, runs by power apart from planned ones, since everything
 * at once is slower than one thing after another (R41). What a process did not see from its command to its end is left
 * out. Reads the journal each time it is asked.
 */
public final class Durations {
    private static final Set<Verb> MEASURED = Set.of(
            Verb.BACK_UP,
            Verb.HA_OFF,
            Verb.HA_ON,
            Verb.SHUT_DOWN,
            Verb.COMPOSE_STOP,
            Verb.COMPOSE_DOWN,
            Verb.POWER_OFF,
            Verb.WAKE,
            Verb.START,
            Verb.COMPOSE_UP);
    /** The newest samples that count, for each asset and verb. */
    private static final int KEPT = 200;

    private record Command(String run, String step) {}

    private final Journal journal;

    public Durations(Journal journal) {
        this.journal = journal;
    }

    /** What runs of this kind took: by power, or for any other reason. */
    public Experience of(Trigger trigger) {
        Folding folding = new Folding(trigger == Trigger.POWER);
        journal.ofKinds(Notes.RUN_BEGUN, Notes.RUN_RESUMED, Notes.INTENTION, Notes.SETTLED)
                .forEach(folding::fold);
        return new Experience(folding.samples);
    }

    private static final class Folding {
        private final boolean emergencies;
        private final Set<String> runs = new HashSet<>();
        private final Map<Command, Instant> sent = new HashMap<>();
        private final Map<Did, List<Duration>> samples = new HashMap<>();

        Folding(boolean emergencies) {
            this.emergencies = emergencies;
        }

        void fold(Entry entry) {
            String run = entry.run().orElse("");
            Command command = new Command(run, entry.body().path("step").asText());
            switch (entry.kind()) {
                case Notes.RUN_BEGUN -> {
                    String power = Trigger.POWER.name().toLowerCase(Locale.ROOT);
                    if (entry.body().path("trigger").asText().equals(power) == emergencies) {
                        runs.add(run);
                    }
                }
                case Notes.RUN_RESUMED ->
                    sent.keySet().removeIf(open -> open.run().equals(run));
                case Notes.INTENTION -> sent.putIfAbsent(command, entry.at());
                default -> Optional.ofNullable(sent.remove(command)).ifPresent(from -> settled(entry, run, from));
            }
        }

        /** From the first command on: what was waited for before, for others of its node, the forecast counts itself. */
        private void settled(Entry entry, String run, Instant from) {
            JsonNode body = entry.body();
            if (!runs.contains(run) || !body.path("outcome").asText().equals("Done")) {
                return;
            }
            Verb verb = Verb.valueOf(body.path("verb").asText());
            if (!MEASURED.contains(verb)) {
                return;
            }
            Duration whole = Duration.parse(body.path("took").asText());
            Duration since = Duration.between(from, entry.at());
            boolean believable = !since.isNegative() && since.compareTo(whole) <= 0;
            List<Duration> took = samples.computeIfAbsent(
                    new Did(AssetId.parse(body.path("asset").asText()), verb), at -> new ArrayList<>());
            took.add(believable ? since : whole);
            if (took.size() > KEPT) {
                took.remove(0);
            }
        }
    }
}
