package io.ridethrough.contract;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What holds for every site: windows, how checks are repeated, and when monitors raise an alert.
 *
 * @param between what is done to a node that is drained, before it reboots; absent where it only reboots
 * @param escalation when a startup or recovery is told to a person; absent where that is not declared
 */
public record Policy(
        List<Window> windows,
        Checks checks,
        Optional<Between> between,
        Alerts alerts,
        Optional<Escalation> escalation) {
    public Policy {
        windows = List.copyOf(windows);
    }

    /** A policy that does nothing between, and does not say what is escalated. */
    public Policy(List<Window> windows, Checks checks) {
        this(windows, checks, Optional.empty());
    }

    /** A policy that leaves to us when monitors raise an alert, and does not say what is escalated. */
    public Policy(List<Window> windows, Checks checks, Optional<Between> between) {
        this(windows, checks, between, Alerts.DEFAULT, Optional.empty());
    }

    /**
     * What a startup or recovery may leave before no further planned shutdown begins by itself.
     *
     * @param tierOneBack how long a guest or stack of tier 1 may take to be back
     * @param stacksFailing how many stacks may fail
     */
    public record Escalation(Duration tierOneBack, int stacksFailing) {}

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

    /**
     * The step between drain and reboot, such as updates.
     *
     * @param run the command, which may be run again where it was broken off
     * @param check exits with 0 and prints nothing once there is nothing left to do
     * @param takes how long it takes by declaration
     * @param limit how long it may take
     */
    public record Between(List<String> run, List<String> check, Duration takes, Duration limit) {
        public Between {
            run = List.copyOf(run);
            check = List.copyOf(check);
        }
    }

    /**
     * When what lasts too long is told by a monitor.
     *
     * @param silent nothing at all is told of a site
     * @param unreachable a target cannot be reached by one of its ways, or something cannot be seen
     * @param stale the standard was not evaluated
     */
    public record Alerts(Duration silent, Duration unreachable, Duration stale) {
        /** What counts where the policy says nothing. */
        public static final Alerts DEFAULT =
                new Alerts(Duration.ofMinutes(15), Duration.ofMinutes(5), Duration.ofHours(36));
    }

    /** Attempts and pauses of one probe in the verify phase. */
    public record Checks(int attempts, Duration timeout, Duration backOff) {}
}
