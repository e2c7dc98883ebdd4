package io.ridethrough.camel;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Experience;
import io.ridethrough.plan.IfPowerFailed;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Trigger;
import io.ridethrough.power.Lasts;
import io.ridethrough.power.SitePower;
import io.ridethrough.run.Durations;
import java.time.Duration;
import java.util.Optional;

/** What a shutdown by power would take now, by what earlier ones took (R41). */
final class PowerForecasts {
    private final Contracts contracts;
    private final Durations durations;

    PowerForecasts(Contracts contracts, Durations durations) {
        this.contracts = contracts;
        this.durations = durations;
    }

    /** Reads the journal: not for every second. */
    Experience experience() {
        return durations.of(Trigger.POWER);
    }

    Duration takes(SiteId site, Experience experience) {
        return PowerIntents.shutdown(site, contracts, experience).forecast().takes();
    }

    /** Empty for a site that no UPS feeds. */
    Optional<IfPowerFailed> ifPowerFailed(SiteId id, SitePower power, long now) {
        Site site = contracts.sites().get(id);
        Optional<Lasts> lasts = power.lasts(now);
        if (site == null || lasts.isEmpty()) {
            return Optional.empty();
        }
        Power.Policy policy = site.power().policy();
        Experience experience = experience();
        Plan plan = PowerIntents.shutdown(id, contracts, experience);
        return Optional.of(IfPowerFailed.of(
                plan, contracts, experience, policy.outageHold(), lasts.get().left(), Lasts.RESERVE));
    }
}
