package io.ridethrough.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which seeds are played: {@code simulation.seed} names one, else {@code simulation.seeds} that many from
 * {@code simulation.base} on.
 */
record Seeds(long base, int many) {
    /**
     * What the properties say.
     *
     * @param from where they begin unless it is given
     * @param usually how many unless it is given
     */
    static Seeds fromProperties(long from, int usually) {
        String one = System.getProperty("simulation.seed", "");
        if (!one.isEmpty()) {
            return new Seeds(Long.parseLong(one), 1);
        }
        return new Seeds(Long.getLong("simulation.base", from), Integer.getInteger("simulation.seeds", usually));
    }

    /** Plays them all and prints which faults were met. The answer is the stories that broke something. */
    List<Story> play(RunRoutes routes) {
        List<Story> bad = new ArrayList<>();
        Map<FaultKind, Integer> met = new EnumMap<>(FaultKind.class);
        long from = System.nanoTime();
        for (long seed = base; seed < base + many; seed++) {
            Story story = Simulation.play(seed, routes);
            story.hits().keySet().forEach(kind -> met.merge(kind, 1, Integer::sum));
            if (!story.broken().isEmpty()) {
                bad.add(story);
                System.out.println(story.telling());
            }
        }
        print(met, (System.nanoTime() - from) / 1e6);
        return bad;
    }

    private void print(Map<FaultKind, Integer> met, double millis) {
        System.out.printf(
                Locale.ROOT, "%s: %.0f ms, %.1f ms a seed%nstories by kind of fault:%n", this, millis, millis / many);
        for (FaultKind kind : FaultKind.values()) {
            String count = kind.here ? Integer.toString(met.getOrDefault(kind, 0)) : "-";
            System.out.printf(Locale.ROOT, "  %-8s %-20s %7s  %s%n", kind.group, kind, count, kind.what);
        }
    }

    @Override
    public String toString() {
        return many + " seeds from " + base;
    }
}
