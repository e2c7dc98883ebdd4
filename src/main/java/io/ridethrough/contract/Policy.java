package io.ridethrough.contract;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** What holds for every site: windows and how checks are repeated. */
public record Policy(List<Window> windows, Checks checks) {
    public Policy {
        windows = List.copyOf(windows);
    }

    /**
     * A scheduled maintenance window.
     *
     * @param cron a Quartz cron expression in {@code zone}
     * @param lasts a fire that is later than this after its planned time is missed: reported, never run
     * @param phases names of phases, in order
     */
    public record Window(
            String id,
            String title,
            String cron,
            ZoneId zone,
            Duration lasts,
            Set<SiteId> sites,
            List<String> phases,
            Set<SiteId> powerOff) {
        public Window {
            sites = Set.copyOf(sites);
            phases = List.copyOf(phases);
            powerOff = Set.copyOf(powerOff);
        }
    }

    /** Attempts and pauses of one probe in the verify phase. */
    public record Checks(int attempts, Duration timeout, Duration backOff) {}
}
