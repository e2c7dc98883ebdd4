package io.ridethrough.power;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Power;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which groups of guests an outage sheds while the rest of the site goes on (R11). It needs the same witnesses as a
 * shutdown (R2); each group goes once an outage. Not thread-safe.
 */
final class Shedding {
    private final List<Power.Shed> groups;
    private final Supplies supplies;
    private final Witnesses witnesses;
    private final Set<String> gone = new HashSet<>();
    private Predicate<AssetId> down = asset -> false;

    Shedding(List<Power.Shed> groups, Supplies supplies, Witnesses witnesses) {
        this.groups = groups;
        this.supplies = supplies;
        this.witnesses = witnesses;
    }

    /** What is down already is not shed, and so not brought back: who took it down knows why. */
    void leaves(Predicate<AssetId> already) {
        down = already;
    }

    /** What has gone may go again: the outage is over, or it did not go after all. */
    void forget() {
        gone.clear();
    }

    /**
     * What is shed now.
     *
     * @param began when the outage began
     */
    Optional<Decision.Shed> due(long began, long now) {
        List<Power.Shed> due = groups.stream()
                .filter(group -> !gone.contains(group.id()) && isDue(group, began, now))
                .toList();
        if (due.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        Set<AssetId> guests = new TreeSet<>();
        for (Power.Shed group : due) {
            gone.add(group.id());
            names.add(group.id());
            group.guests().stream().filter(down.negate()).forEach(guests::add);
        }
        if (guests.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Decision.Shed(
                guests,
                "on battery for " + Say.seconds(now - began) + ": " + String.join(", ", names)
                        + " goes, the rest stays up; " + witnesses.words()));
    }

    private boolean isDue(Power.Shed group, long began, long now) {
        long over = began + group.after().plus(witnesses.delayOfHold()).toNanos();
        Optional<Supplies.FirstEmpty> empty =
                supplies.firstEmpty().filter(first -> first.empty().steady());
        boolean low = group.below().isEmpty()
                || empty.isEmpty()
                || empty.get().empty().at() - now <= group.below().get().toNanos();
        return low && now - Math.max(over, witnesses.undecidedUntil(began)) >= 0;
    }
}
