package io.ridethrough.camel.look;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.HomeHealth;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.homeassistant.HomeTold;
import io.ridethrough.target.way.Way;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/** What is in a house: entities, endpoints of integrations, dashboards; measured by what its contract allows. */
final class HouseLooks implements Looks {
    private final Way<HomeAsk> homes;
    private final InstantSource clock;

    HouseLooks(Way<HomeAsk> homes, InstantSource clock) {
        this.homes = homes;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        AssetId guest = subject.id();
        Optional<HomeHealth> health = subject.site().upkeep().home();
        return switch (probe.ask()) {
            case HOME_ENTITIES ->
                homes.ask(guest, new HomeAsk.Entities())
                        .thenApply(told -> Seeing.as(told, HomeTold.Entities.class, all -> entities(all, health)));
            case HOME_ENDPOINTS ->
                homes.ask(guest, new HomeAsk.Endpoints())
                        .thenApply(told -> Seeing.as(told, HomeTold.Endpoints.class, all -> endpoints(all, health)));
            default ->
                homes.ask(guest, new HomeAsk.Dashboards())
                        .thenApply(told -> Seeing.as(told, HomeTold.Dashboards.class, HouseLooks::dashboards));
        };
    }

    private Map<String, Object> entities(HomeTold.Entities all, Optional<HomeHealth> health) {
        List<String> unavailable = all.entities().stream()
                .filter(HomeTold.Entity::isUnavailable)
                .map(HomeTold.Entity::id)
                .toList();
        return Map.of(
                "unavailable",
                (long) unavailable.size(),
                "unexpected",
                unavailable.stream()
                        .filter(id -> health.flatMap(HomeHealth::unavailable)
                                .filter(allowed -> allowed.expects(id))
                                .isEmpty())
                        .toList(),
                "of_the_gone",
                all.entities().stream()
                        .map(HomeTold.Entity::id)
                        .filter(id -> isOfTheGone(id, health))
                        .toList(),
                "stale_automations",
                all.entities().stream()
                        .filter(HomeTold.Entity::isAutomation)
                        .filter(one -> health.flatMap(HomeHealth::automations)
                                .filter(by -> isStale(one, by))
                                .isPresent())
                        .map(one -> one.id() + " ("
                                + one.triggered().map(Instant::toString).orElse("never") + ")")
                        .toList());
    }

    private boolean isStale(HomeTold.Entity automation, HomeHealth.Automations by) {
        return !by.rests(automation.id())
                && automation
                        .triggered()
                        .filter(then -> Duration.between(then, clock.instant()).compareTo(by.limit()) <= 0)
                        .isEmpty();
    }

    private static Map<String, Object> endpoints(HomeTold.Endpoints all, Optional<HomeHealth> health) {
        TreeSet<String> domains = new TreeSet<>();
        TreeSet<String> endpoints = new TreeSet<>();
        TreeSet<String> unstable = new TreeSet<>();
        TreeSet<String> gone = new TreeSet<>();
        for (HomeTold.Endpoint one : all.endpoints()) {
            domains.add(one.domain());
            if (!one.host().isEmpty()) {
                endpoints.add(one.domain() + " " + one.host());
            }
            if (one.isContainer()) {
                unstable.add(one.domain() + " at " + one.host());
            }
            if (isOfTheGone(one.name(), health)) {
                gone.add(one.domain() + ": " + one.name());
            }
        }
        return Map.of(
                "domains", List.copyOf(domains),
                "endpoints", List.copyOf(endpoints),
                "unstable", List.copyOf(unstable),
                "of_the_gone", List.copyOf(gone));
    }

    /** By name and number together: a number alone is in many names, and a name may live on elsewhere. */
    private static boolean isOfTheGone(String name, Optional<HomeHealth> health) {
        String id = "_" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_") + "_";
        return health.map(HomeHealth::gone).orElse(List.of()).stream().anyMatch(gone -> id.contains("_" + gone + "_"));
    }

    private static Map<String, Object> dashboards(HomeTold.Dashboards all) {
        Map<String, Long> views = new TreeMap<>();
        all.dashboards().forEach(one -> views.put(one.path(), (long) one.views()));
        return Map.of("dashboards", views);
    }
}
