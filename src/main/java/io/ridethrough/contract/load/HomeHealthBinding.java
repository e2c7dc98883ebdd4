package io.ridethrough.contract.load;

import io.ridethrough.contract.HomeHealth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes the record of what a well Home Assistant looks like. */
final class HomeHealthBinding {
    private HomeHealthBinding() {}

    static Optional<HomeHealth> bind(SiteDocs site, List<SiteDocs> sites) {
        At home = site.file("home-assistant").get("home-assistant");
        At health = home.get("health");
        return home.present()
                ? Optional.of(new HomeHealth(
                        present(health.get("unavailable")).map(HomeHealthBinding::unavailable),
                        health.items("dashboards").stream()
                                .collect(Collectors.toMap(
                                        at -> at.text("path", ""),
                                        at -> at.integer("views", 0),
                                        Math::max,
                                        TreeMap::new)),
                        present(health.get("automations")).map(HomeHealthBinding::automations),
                        health.items("integrations").stream()
                                .collect(Collectors.toMap(
                                        at -> at.text("domain", ""),
                                        at -> at.texts("endpoints"),
                                        (one, other) -> other,
                                        TreeMap::new)),
                        present(health.get("zigbee2mqtt")).map(HomeHealthBinding::zigbee),
                        gone(sites)))
                : Optional.empty();
    }

    private static Optional<At> present(At at) {
        return Optional.of(at).filter(At::present);
    }

    private static HomeHealth.Unavailable unavailable(At at) {
        return new HomeHealth.Unavailable(
                at.items("expected").stream()
                        .flatMap(one -> one.texts("entities").stream())
                        .toList(),
                at.integer("others", 0));
    }

    private static HomeHealth.Automations automations(At at) {
        return new HomeHealth.Automations(
                Durations.of(at, "stale-after", "720h"),
                at.items("may-rest").stream().map(one -> one.text("entity", "")).toList());
    }

    private static HomeHealth.Zigbee zigbee(At at) {
        return new HomeHealth.Zigbee(
                at.text("broker", ""),
                at.text("secret"),
                InterfaceBinding.tls(at),
                at.text("topic", "zigbee2mqtt"),
                at.texts("devices"));
    }

    /** As Home Assistant makes ids of names: what is no letter or digit is an underscore. */
    private static List<String> gone(List<SiteDocs> sites) {
        return sites.stream()
                .flatMap(site -> site.list("guests", "excluded").stream())
                .filter(guest -> guest.is("destroyed", false))
                .map(guest -> guest.text("name", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_") + "_"
                        + guest.integer("vmid", 0))
                .sorted()
                .toList();
    }
}
