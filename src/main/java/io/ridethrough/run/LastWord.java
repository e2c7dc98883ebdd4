package io.ridethrough.run;

import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Trigger;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What power called for last at each site: what waits for a run in its way may be overtaken meanwhile. Thread-safe. */
final class LastWord {
    private final Map<SiteId, Intent> newest = new TreeMap<>();

    synchronized void heard(Intent intent) {
        if (isPowers(intent)) {
            intent.scope().touched().forEach(site -> newest.put(site, intent));
        }
    }

    /** Why what power called for then is done no more; nothing for what others ask. */
    synchronized Optional<String> instead(Intent intent) {
        return isPowers(intent)
                ? intent.scope().touched().stream()
                        .map(newest::get)
                        .filter(Objects::nonNull)
                        .filter(last -> !last.equals(intent))
                        .findFirst()
                        .map(last -> "overtaken: " + last.reason())
                : Optional.empty();
    }

    private static boolean isPowers(Intent intent) {
        return intent.trigger() == Trigger.POWER && intent.execute();
    }
}
