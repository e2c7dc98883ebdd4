package io.ridethrough.camel;

import io.ridethrough.contract.Contracts;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a shutdown by power would take now, by what earlier ones took (R41). */
final class PowerForecasts {
    private final Supplier<Contracts> contracts;
    private final Durations durations;

    PowerForecasts(Supplier<Contracts> contracts, Durations durations) {
        this.contracts = contracts;
        this.durations = durations;
    }

    /** Reads the journal: not for every second. */
    Experience experience() {
        return durations.of(Trigger.POWER);
    }

    Duration takes(SiteId site, Experience experience) {
        return PowerIntents.shutdown(site, contracts.get(), experience)
                .forecast()
                .takes();
    }

    /** Empty for a site that no UPS feeds. */
    Optional<IfPowerFailed> ifPowerFailed(SiteId id, SitePower power, long now) {
        Site site = contracts.get().sites().get(id);
        Optional<Lasts> lasts = power.lasts(now);
        if (site == null || lasts.isEmpty()) {
            return Optional.empty();
        }
        Experience experience = experience();
        Plan plan = PowerIntents.shutdown(id, contracts.get(), experience);
        Duration left = lasts.get().left();
        List<IfPowerFailed.Early> early = site.power().shed().stream()
                .map(group -> new IfPowerFailed.Early(
                        group.id(), group.guests().stream().sorted().toList(), group.at(left)))
                .toList();
        return Optional.of(
                IfPowerFailed.of(plan, contracts.get(), experience, early, power.waits(left), left, Lasts.RESERVE));
    }
}
