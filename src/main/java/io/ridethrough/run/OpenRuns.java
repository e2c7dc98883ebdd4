package io.ridethrough.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs that have no receipt yet, oldest first. Who has to decide over several at once locks this object. */
final class OpenRuns {
    private final Map<String, OpenRun> runs = new LinkedHashMap<>();

    synchronized void add(OpenRun run) {
        runs.put(run.id, run);
    }

    synchronized void remove(OpenRun run) {
        runs.remove(run.id);
    }

    synchronized Optional<OpenRun> find(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    synchronized List<OpenRun> all() {
        return List.copyOf(runs.values());
    }

    /** @throws IllegalStateException when no such run is open */
    OpenRun running(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("run " + id + " is not open"));
    }
}
