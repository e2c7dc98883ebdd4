package io.ridethrough.simulation;

import io.ridethrough.run.VirtualTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What happened, as the world saw it, and what of it must never happen. */
final class History {
    private final VirtualTime time;
    private final List<String> lines = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final Map<FaultKind, Integer> hits = new EnumMap<>(FaultKind.class);

    History(VirtualTime time) {
        this.time = time;
    }

    void note(String what) {
        lines.add(String.format(Locale.ROOT, "%10.3f  %s", time.nanos() / 1e9, what));
    }

    /** A fault made a difference. */
    void hit(FaultKind kind, String where) {
        if (hits.merge(kind, 1, Integer::sum) <= 3) {
            note("  fault " + kind + " " + where);
        }
    }

    boolean met(FaultKind kind) {
        return hits.containsKey(kind);
    }

    boolean tells(String what) {
        return lines.stream().anyMatch(line -> line.endsWith(what));
    }

    /** An invariant does not hold. */
    void broken(String invariant, String how) {
        note("  *** " + invariant + ": " + how);
        if (!broken.contains(invariant + ": " + how)) {
            broken.add(invariant + ": " + how);
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    Map<FaultKind, Integer> hits() {
        return hits;
    }
}
