package io.ridethrough.simulation;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Intent;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What happens to the sites, faults apart. Times are since the beginning.
 *
 * @param dark the sites that an outage strikes
 * @param outages in turn, none overlapping
 * @param asked what people ask for
 * @param holds what people take in their hands
 * @param stops when a person stops whatever runs
 */
record Plot(Set<SiteId> dark, List<Outage> outages, List<Asked> asked, List<Held> holds, List<Duration> stops) {
    record Outage(Duration from, Duration until) {}

    record Asked(Duration at, Intent intent) {}

    record Held(AssetId asset, Duration from, Duration until) {}

    Plot {
        dark = Set.copyOf(dark);
        outages = List.copyOf(outages);
        asked = List.copyOf(asked);
        holds = List.copyOf(holds);
        stops = List.copyOf(stops);
    }

    Duration last() {
        Duration last = Duration.ofSeconds(60);
        for (Outage outage : outages) {
            last = later(last, outage.until());
        }
        for (Asked one : asked) {
            last = later(last, one.at());
        }
        for (Held held : holds) {
            last = later(last, held.until());
        }
        for (Duration stop : stops) {
            last = later(last, stop);
        }
        return last;
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
