package io.ridethrough.simulation;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Power;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One outage of one site, drawn from the committed distribution: half of all outages are over within two minutes, most
 * others within half an hour, one in ten outlasts every battery. Batteries last 2 to 40 minutes, what they tell is up to a
 * tenth wrong and jitters by as much, and every fifth guest ignores being shut down.
 *
 * @param lasts how long mains is away
 * @param battery how long the battery lasts under its load
 * @param optimism what it tells of its runtime, as a share of the truth
 */
record Outage(long seed, Drawn drawn, Duration lasts, Duration battery, double optimism) {
    /** When it begins: the process has heard of mains by then. */
    static final Duration BEGINS = Duration.ofMinutes(2);

    private static final Duration SHORTEST_BATTERY = Duration.ofMinutes(2);
    private static final Duration LONGEST_BATTERY = Duration.ofMinutes(40);

    /** What the best possible shutdown needs: a witness, forced guests, power-offs one layer after the other. */
    private static final Duration WITNESS = Duration.ofSeconds(10);

    private static final Duration FORCE = Duration.ofSeconds(20);
    private static final Duration POWER_OFF = Duration.ofSeconds(41);

    /** The same outage of the same site, whatever its policy. */
    static Outage from(long seed, Power.Start start) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 7);
        Contracts contracts = Sites.one(random, start);
        List<Fault> hung = new ArrayList<>();
        for (AssetId guest : of(contracts, Guest.class)) {
            if (random.nextInt(5) == 0) {
                hung.add(new Fault(FaultKind.HANGS, Optional.of(guest), Duration.ZERO, Duration.ofDays(1), 0));
            }
        }
        Plot plot = new Plot(Set.of(), List.of(), List.of(), List.of(), List.of());
        Drawn drawn = new Drawn(seed, contracts, Set.of(), true, plot, hung, List.of());
        return new Outage(
                seed,
                drawn,
                length(random),
                between(random, SHORTEST_BATTERY, LONGEST_BATTERY),
                0.9 + 0.2 * random.nextDouble());
    }

    private static Duration length(Random random) {
        int tenth = random.nextInt(10);
        if (tenth < 5) {
            return between(random, Duration.ofSeconds(1), Duration.ofMinutes(2));
        }
        return tenth < 9
                ? between(random, Duration.ofMinutes(2), Duration.ofMinutes(30))
                : between(random, Duration.ofMinutes(45), Duration.ofHours(4));
    }

    /** The longer half as likely as the shorter, by factor. */
    private static Duration between(Random random, Duration least, Duration most) {
        double factor = Math.pow((double) most.toMillis() / least.toMillis(), random.nextDouble());
        return Duration.ofMillis((long) (least.toMillis() * factor));
    }

    boolean outlastsTheBattery() {
        return lasts.compareTo(battery) >= 0;
    }

    /** Whether a perfect plan that forces everybody at once would be too slow as well. */
    boolean isImpossible() {
        Duration layers = of(drawn.contracts(), Nas.class).isEmpty() ? POWER_OFF : POWER_OFF.multipliedBy(2);
        return battery.compareTo(WITNESS.plus(FORCE).plus(layers)) < 0;
    }

    List<AssetId> hosts() {
        List<AssetId> hosts = new ArrayList<>(of(drawn.contracts(), Node.class));
        hosts.addAll(of(drawn.contracts(), Nas.class));
        return hosts;
    }

    List<AssetId> guests() {
        return of(drawn.contracts(), Guest.class);
    }

    private static List<AssetId> of(Contracts contracts, Class<?> kind) {
        return contracts.assets().values().stream()
                .filter(kind::isInstance)
                .map(asset -> asset.id())
                .sorted()
                .toList();
    }
}
