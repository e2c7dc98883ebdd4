package io.ridethrough.target.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.Said;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what is in a house: entities, integrations with their endpoints, dashboards (home-assistant/core:
 * components/websocket_api, config_entries, config/device_registry, lovelace/websocket).
 */
final class HouseReading {
    private static final Pattern HOST =
            Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-f]{12})(?::[0-9]{1,5})?");

    private HouseReading() {}

    static HomeTold.Entities entities(JsonNode states) {
        List<HomeTold.Entity> all = new ArrayList<>();
        states.forEach(one -> all.add(entity(one)));
        return new HomeTold.Entities(all);
    }

    static HomeTold.Entity entity(JsonNode state) {
        return new HomeTold.Entity(
                HomeReading.word(state, "entity_id"),
                HomeReading.word(state, "state"),
                instant(state.path("attributes").path("last_triggered").asText("")),
                instant(state.path("last_reported").asText("")));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The data of an entry are not told, since they hold logins: its host shows in its title where it was found by it,
     * and in the address at which people configure its devices.
     */
    static HomeTold.Endpoints endpoints(JsonNode entries, JsonNode devices) {
        Map<String, String> domains = new HashMap<>();
        List<HomeTold.Endpoint> all = new ArrayList<>();
        entries.forEach(entry -> {
            String domain = HomeReading.word(entry, "domain");
            String title = HomeReading.word(entry, "title");
            domains.put(HomeReading.word(entry, "entry_id"), domain);
            Matcher host = HOST.matcher(title);
            all.add(new HomeTold.Endpoint(domain, title, host.matches() ? host.group(1) : ""));
        });
        devices.forEach(device -> {
            String host = host(device.path("configuration_url").asText(""));
            String name = HomeReading.word(device, "name");
            device.path("config_entries").forEach(entry -> Optional.ofNullable(domains.get(entry.asText()))
                    .ifPresent(domain -> all.add(new HomeTold.Endpoint(domain, name, host))));
        });
        return new HomeTold.Endpoints(all);
    }

    private static String host(String url) {
        try {
            return url.startsWith("http")
                    ? Said.line(Optional.ofNullable(URI.create(url).getHost()).orElse(""))
                    : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
