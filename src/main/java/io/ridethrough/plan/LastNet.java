package io.ridethrough.plan;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Ups;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When the machines that one UPS feeds may shut down by themselves: after our latest start, so that they never cut our
 * order short, and early enough to be off before the battery is empty if nothing of ours is left.
 *
 * @param ours with so much runtime left our shutdown begins at the latest (R11)
 * @param needed the longest that one of them takes by itself, its guests in their native order included
 * @param low what the UPS may call low: never before {@code ours}, and {@code needed} where that is later
 * @param machines the nodes and NAS it feeds
 */
public record LastNet(Ups ups, Duration ours, Duration needed, Duration low, List<AssetId> machines) {
    /** Kept between our latest start and the moment others act. */
    private static final Duration APART = Duration.ofSeconds(30);

    public LastNet {
        machines = List.copyOf(machines);
    }

    /** Whether what it may call low leaves every machine its whole own shutdown; otherwise graces are cut. */
    public boolean isLongEnough() {
        return low.compareTo(needed) >= 0;
    }

    /**
     * One for each UPS of a site that feeds a machine. Pure.
     *
     * @param reserve what the battery keeps beyond a shutdown by power, which takes its declared times
     */
    public static List<LastNet> of(Site site, Contracts contracts, Duration reserve) {
        Intent shutdown = new Intent(
                Scope.of(site.id()),
                List.of(Phase.SHUTDOWN),
                Trigger.POWER,
                Set.of(site.id()),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                "power",
                "if power failed now");
        Duration takes =
                Planner.plan(shutdown, contracts, Seen.nothing()).forecast().takes();
        return site.power().upses().stream()
                .map(ups -> of(site, ups, contracts, takes.plus(reserve)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<LastNet> of(Site site, Ups ups, Contracts contracts, Duration ours) {
        List<AssetId> fed = Stream.concat(
                        site.nodes().stream().map(Node::id),
                        site.nases().stream().map(Nas::id))
                .filter(id -> site.power().fedBy().getOrDefault(id, Set.of()).contains(ups.id()))
                .toList();
        Optional<Duration> needed = Stream.concat(
                        site.nodes().stream()
                                .filter(node -> fed.contains(node.id()))
                                .map(node -> NativeOrder.of(node, contracts).takes()),
                        site.nases().stream()
                                .filter(nas -> fed.contains(nas.id()))
                                .map(Nas::off))
                .max(Comparator.naturalOrder());
        Duration latest = ours.minus(APART);
        return needed.map(
                longest -> new LastNet(ups, ours, longest, longest.compareTo(latest) < 0 ? longest : latest, fed));
    }
}
