package io.ridethrough.power;

import io.ridethrough.contract.AssetId;
import java.time.Duration;
import java.util.List;

/**
 * What a UPS was found to deliver while it carried its load (R11).
 *
 * @param lasted for how long that was watched
 * @param fell by how much the runtime that it told shrank in that time
 */
public record Discharge(AssetId ups, Duration lasted, Duration fell) {
    /** Below this a battery is broken rather than old, and says so itself. */
    private static final double LEAST = 0.2;

    /** How many of the newest count. */
    private static final int KEPT = 3;

    /** What part of what it told it delivered; more than all counts as all. */
    double delivered() {
        return fell.compareTo(lasted) <= 0 ? 1 : Math.max(LEAST, (double) lasted.toMillis() / fell.toMillis());
    }

    /** What to take a UPS at after these, oldest first: the middle one of the last three, the worse of two. */
    static double delivered(List<Discharge> all) {
        List<Double> newest = all.subList(Math.max(0, all.size() - KEPT), all.size()).stream()
                .map(Discharge::delivered)
                .sorted()
                .toList();
        return newest.isEmpty() ? 1 : newest.get((newest.size() - 1) / 2);
    }

    @Override
    public String toString() {
        return ups + " was on battery for " + Say.seconds(lasted) + " while what it told fell by " + Say.seconds(fell)
                + ": " + percent(delivered()) + " % of its word";
    }

    static int percent(double delivered) {
        return (int) Math.round(100 * delivered);
    }
}
