package io.ridethrough.contract.load;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/** What must be true of what a site says about the health of its Home Assistant. */
final class HomeHealthRules {
    private final At health;
    private final Reports reports;

    HomeHealthRules(SiteDocs site, Reports reports) {
        this.health = site.file("home-assistant").get("home-assistant").get("health");
        this.reports = reports;
    }

    void check() {
        once("dashboards", "path", "dashboard");
        once("integrations", "domain", "integration");
        for (At integration : health.items("integrations")) {
            integration.items("endpoints").forEach(at -> at.text()
                    .filter(host -> host.matches("[0-9a-f]{12}|[0-9a-f]{64}"))
                    .ifPresent(host -> reports.error(
                            at,
                            "the endpoint " + Words.quoted(host) + " is the id of a container, which is"
                                    + " another after its next update",
                            "name an address or a host that stays")));
        }
        At broker = health.get("zigbee2mqtt").get("broker");
        broker.text()
                .filter(text -> !isBroker(text))
                .ifPresent(text -> reports.error(
                        broker, Words.quoted(text) + " is no broker", "write tcp:// or ssl://, an address and a port"));
        BrokerRule.check(health.get("zigbee2mqtt"), reports);
    }

    private static boolean isBroker(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && Set.of("tcp", "ssl").contains(String.valueOf(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void once(String list, String key, String word) {
        Set<String> seen = new HashSet<>();
        for (At one : health.items(list)) {
            one.text(key)
                    .filter(text -> !seen.add(text))
                    .ifPresent(text -> reports.error(
                            one.get(key), word + " " + Words.quoted(text) + " is here twice", "keep one of them"));
        }
    }
}
