package io.ridethrough.standard.word;

import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.contract.HomeHealth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is said of a Home Assistant. */
final class HomeWords {
    static final List<Word<HomeAssistant>> ALL = List.of(
            Word.texts("asset.add_ons", (home, at) -> home.addOns().stream()
                    .map(HomeAssistant.AddOn::slug)
                    .toList()),
            Word.texts("asset.radios", (home, at) -> Names.of(home.radios())),
            Word.texts(
                    "asset.health_undeclared",
                    (home, at) -> health(at).map(HomeHealth::undeclared).orElse(List.of())),
            Word.number("asset.unavailable_allowed", (home, at) -> health(at)
                    .flatMap(HomeHealth::unavailable)
                    .map(HomeHealth.Unavailable::others)
                    .orElse(0)),
            Word.numberByName("asset.dashboards", (home, at) -> dashboards(at)),
            Word.texts("asset.integrations", (home, at) -> health(at)
                    .map(one -> List.copyOf(one.integrations().keySet()))
                    .orElse(List.of())),
            Word.texts("asset.endpoints", (home, at) -> endpoints(at)),
            Word.number("asset.automation_hours", (home, at) -> health(at)
                    .flatMap(HomeHealth::automations)
                    .map(one -> one.limit().toHours())
                    .orElse(0L)),
            Word.texts("asset.zigbee_devices", (home, at) -> health(at)
                    .flatMap(HomeHealth::zigbee)
                    .map(HomeHealth.Zigbee::devices)
                    .orElse(List.of())));

    private HomeWords() {}

    private static Optional<HomeHealth> health(At at) {
        return at.site().upkeep().home();
    }

    private static Map<String, Long> dashboards(At at) {
        Map<String, Long> views = new TreeMap<>();
        health(at).ifPresent(one -> one.dashboards().forEach((path, many) -> views.put(path, (long) many)));
        return views;
    }

    private static List<String> endpoints(At at) {
        return health(at).stream()
                .flatMap(one -> one.integrations().entrySet().stream())
                .flatMap(one -> one.getValue().stream().map(host -> one.getKey() + " " + host))
                .toList();
    }
}
