package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.journal.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names by which tests speak of a journal's records: none at all for any, the kind, and one that tells two records
 * of a story apart whatever their order was: {@code settled@startup@startup:attic/web}.
 */
final class RecordNames {
    static final String RUN_BEGUN = "run-begun";

    private final Map<String, String> phases = new ConcurrentHashMap<>();

    /** @param begun the records of runs that have begun before */
    RecordNames(List<Entry> begun) {
        begun.forEach(entry -> of(entry.run(), entry.kind(), entry.body()));
    }

    /** All its names, the most general first. */
    List<String> of(Optional<String> run, String kind, JsonNode body) {
        if (kind.equals(RUN_BEGUN)) {
            run.ifPresent(id -> phases.put(id, body.path("phases").path(0).asText()));
        }
        String step = body.path("step").asText();
        String full = kind + run.map(id -> "@" + phases.get(id)).orElse("") + (step.isEmpty() ? "" : "@" + step);
        return full.equals(kind) ? List.of("", kind) : List.of("", kind, full);
    }

    /** The name that tells it apart. */
    String full(Entry entry) {
        List<String> all = of(entry.run(), entry.kind(), entry.body());
        return all.get(all.size() - 1);
    }
}
