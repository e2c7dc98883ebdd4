package io.ridethrough.run;

import io.ridethrough.contract.SiteId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends inhibits (R37): warns some time before, then arms the site again. A wall clock that is set back makes none longer
 * than it was when this process first saw it (R9). For one thread.
 */
public final class Inhibits {
    private static final Duration WARNING = Duration.ofMinutes(15);

    /**
     * A person should know.
     *
     * @param words one sentence without a full stop
     */
    public record Warning(SiteId site, String words) {}

    private final Standing standing;
    private final Time time;
    private final Map<Inhibit, Long> deadlines = new HashMap<>();
    private final Map<SiteId, Inhibit> warned = new HashMap<>();

    public Inhibits(Standing standing, Time time) {
        this.standing = standing;
        this.time = time;
    }

    /** Judges the passing of time; what is over is armed when this returns. */
    public List<Warning> tick() {
        Map<SiteId, Inhibit> open = standing.inhibits();
        deadlines.keySet().retainAll(open.values());
        warned.values().retainAll(open.values());
        List<Warning> warnings = new ArrayList<>();
        for (Inhibit inhibit : open.values()) {
            Duration left = left(inhibit);
            if (left.isNegative() || left.isZero()) {
                standing.ready(inhibit.site(), Standing.Readiness.ARMED, "the end of its inhibit");
                warnings.add(new Warning(
                        inhibit.site(),
                        inhibit.site() + " is armed again: the inhibit of " + inhibit.by() + " is over ("
                                + inhibit.reason() + ")"));
            } else if (left.compareTo(WARNING) <= 0 && warned.put(inhibit.site(), inhibit) == null) {
                warnings.add(new Warning(
                        inhibit.site(),
                        inhibit.site() + " is armed again at " + inhibit.until() + ", in "
                                + (left.toSeconds() + 59) / 60 + " min: inhibited by " + inhibit.by() + " ("
                                + inhibit.reason() + ")"));
            }
        }
        return warnings;
    }

    private Duration left(Inhibit inhibit) {
        Duration byWall = Duration.between(time.now(), inhibit.until());
        Duration capped = byWall.compareTo(Inhibit.LONGEST) > 0 ? Inhibit.LONGEST : byWall;
        long deadline = deadlines.computeIfAbsent(inhibit, at -> time.nanos() + capped.toNanos());
        Duration byClock = Duration.ofNanos(deadline - time.nanos());
        return byClock.compareTo(byWall) < 0 ? byClock : byWall;
    }
}
