package io.ridethrough.lab.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.HomeHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What is in a simulated house: entities, devices and their integrations, dashboards, as the WebSocket tells them
 * (protocols 4; home-assistant/core: lovelace/websocket, config/device_registry). What its contract expects is there.
 */
final class LabHouse {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<Instant> clock;
    private final Map<String, String> entities = new TreeMap<>();
    private final List<Supplier<Map<String, String>>> others = new ArrayList<>();
    private final Map<String, Instant> triggered = new TreeMap<>();
    private final Map<String, Reported> reported = new TreeMap<>();
    private final Map<String, String> hosts = new TreeMap<>();
    private final Map<String, ObjectNode> dashboards = new TreeMap<>();

    /** A dashboard that is a file: nobody can save it (lovelace/websocket: not supported). */
    private static final String OF_A_FILE = "yaml";

    private static final List<String> SETTINGS = List.of("title", "icon", "require_admin", "show_in_sidebar");

    private record Reported(String state, Instant at) {}

    LabHouse(HomeHealth health, Supplier<Instant> clock) {
        this.clock = clock;
        entities.put("light.kitchen", "on");
        entity("automation.kitchen_by_night", "on");
        health.unavailable().stream()
                .flatMap(allowed -> allowed.expected().stream())
                .forEach(glob -> entities.put(glob.replace("*", "any"), "unavailable"));
        health.integrations().forEach((domain, endpoints) -> {
            hosts.put(domain, "");
            endpoints.forEach(host -> hosts.put(domain + " " + host, host));
        });
        health.dashboards().forEach(this::dashboard);
    }

    /** An entity is in that state; an automation was triggered an hour ago. */
    void entity(String id, String state) {
        entities.put(id, state);
        if (id.startsWith("automation.")) {
            triggered.put(id, clock.get().minus(Duration.ofHours(1)));
        }
    }

    /** These are there too, as they are at the time. */
    void shows(Supplier<Map<String, String>> states) {
        others.add(states);
    }

    void noEntity(String id) {
        entities.remove(id);
        triggered.remove(id);
    }

    /** An automation was triggered that long ago. */
    void rested(String automation, Duration since) {
        entities.put(automation, "on");
        triggered.put(automation, clock.get().minus(since));
    }

    /** A device of an integration is configured at that host; nowhere where it is empty. */
    void device(String domain, String name, String host) {
        if (host.isEmpty()) {
            hosts.remove(domain + " " + name);
        } else {
            hosts.put(domain + " " + name, host);
        }
    }

    /** An integration without a host of its own. */
    void integration(String domain, boolean isThere) {
        if (isThere) {
            hosts.put(domain, "");
        } else {
            hosts.remove(domain);
        }
    }

    /** A dashboard with that many views. */
    void dashboard(String path, int views) {
        ObjectNode dashboard = JSON.createObjectNode()
                .put("mode", "storage")
                .put("title", path)
                .putNull("icon")
                .put("require_admin", false)
                .put("show_in_sidebar", true);
        ArrayNode all = dashboard.putObject("config").putArray("views");
        for (int i = 0; i < views; i++) {
            all.addObject().put("title", "View " + i).put("path", "view-" + i);
        }
        dashboards.put(path, dashboard);
    }

    /** It is a file of the configuration. */
    void ofAFile(String path) {
        Optional.ofNullable(dashboards.get(path)).ifPresent(one -> one.put("mode", OF_A_FILE));
    }

    void noDashboard(String path) {
        dashboards.remove(path);
    }

    /** How many views it has; -1 where it is away. */
    int views(String path) {
        return Optional.ofNullable(dashboards.get(path))
                .map(one -> one.path("config").path("views").size())
                .orElse(-1);
    }

    Optional<LabHomeTalk.Result> command(JsonNode asked) {
        return Optional.ofNullable(
                switch (asked.path("type").asText()) {
                    case "get_states" -> LabHomeTalk.Result.of(states().toString());
                    case "config/device_registry/list" ->
                        LabHomeTalk.Result.of(devices().toString());
                    case "lovelace/dashboards/list" -> LabHomeTalk.Result.of(list().toString());
                    case "lovelace/config" -> config(asked.path("url_path").asText("lovelace"));
                    case "lovelace/dashboards/create" -> create(asked);
                    case "lovelace/config/save" -> save(asked);
                    default -> null;
                });
    }

    /** One entity, as REST tells it. */
    Optional<String> state(String id) {
        for (JsonNode one : states()) {
            if (one.path("entity_id").asText().equals(id)) {
                return Optional.of(one.toString());
            }
        }
        return Optional.empty();
    }

    /** Of a state that stays the same its answers keep the first moment (home-assistant/core: issue 181392). */
    private Instant reported(String id, String state) {
        Reported last = reported.get(id);
        if (last == null || !last.state().equals(state)) {
            last = new Reported(state, clock.get());
            reported.put(id, last);
        }
        return last.at();
    }

    private ArrayNode states() {
        ArrayNode states = JSON.createArrayNode();
        Map<String, String> all = new TreeMap<>(entities);
        others.forEach(one -> all.putAll(one.get()));
        all.forEach((id, state) -> {
            ObjectNode one = states.addObject().put("entity_id", id).put("state", state);
            one.put("last_reported", reported(id, state).toString().replace("Z", "+00:00"));
            ObjectNode attributes = one.putObject("attributes");
            if (id.startsWith("automation.")) {
                Instant then = triggered.get(id);
                attributes.put(
                        "last_triggered", then == null ? null : then.toString().replace("Z", "+00:00"));
            }
        });
        return states;
    }

    /** The entries of its integrations, beside those that are there anyway. */
    ArrayNode entries() {
        ArrayNode entries = JSON.createArrayNode();
        hosts.forEach((key, host) -> entries.addObject()
                .put("entry_id", "entry " + key)
                .put("domain", key.split(" ", 2)[0])
                .put("title", key)
                .put("state", "loaded")
                .putNull("disabled_by"));
        return entries;
    }

    private ArrayNode devices() {
        ArrayNode devices = JSON.createArrayNode();
        hosts.forEach((key, host) -> {
            ObjectNode device = devices.addObject().put("name", key);
            device.putArray("config_entries").add("entry " + key);
            if (host.isEmpty()) {
                device.putNull("configuration_url");
            } else {
                device.put("configuration_url", "http://" + host + ":8123/setup");
            }
        });
        return devices;
    }

    private ArrayNode list() {
        ArrayNode list = JSON.createArrayNode();
        dashboards.forEach((path, one) -> {
            if (!path.equals("lovelace")) { // the default one is not listed
                ObjectNode row = one.deepCopy();
                row.remove("config");
                list.add(row.put("id", path.replace('-', '_')).put("url_path", path));
            }
        });
        return list;
    }

    private LabHomeTalk.Result config(String path) {
        ObjectNode dashboard = dashboards.get(path);
        return dashboard == null || dashboard.path("config").path("views").isEmpty()
                ? LabHomeTalk.Result.error("config_not_found", "No config found.")
                : LabHomeTalk.Result.of(dashboard.path("config").toString());
    }

    private LabHomeTalk.Result create(JsonNode asked) {
        String path = asked.path("url_path").asText();
        if (dashboards.containsKey(path)) {
            return LabHomeTalk.Result.error("home_assistant_error", "Url path needs to be unique");
        }
        if (!path.contains("-") && !asked.path("allow_single_word").asBoolean()) {
            return LabHomeTalk.Result.error("home_assistant_error", "Url path needs to contain a hyphen (-)");
        }
        dashboard(path, 0);
        Optional.ofNullable(dashboards.get(path))
                .ifPresent(one ->
                        SETTINGS.stream().filter(asked::hasNonNull).forEach(name -> one.set(name, asked.path(name))));
        return LabHomeTalk.Result.of("{\"id\":\"" + path.replace('-', '_') + "\"}");
    }

    private LabHomeTalk.Result save(JsonNode asked) {
        ObjectNode dashboard = dashboards.get(asked.path("url_path").asText("lovelace"));
        if (dashboard == null) {
            return LabHomeTalk.Result.error("config_not_found", "Unknown config specified");
        }
        if (dashboard.path("mode").asText().equals(OF_A_FILE)) {
            return LabHomeTalk.Result.error("error", "Not supported");
        }
        dashboard.set("config", asked.path("config"));
        return LabHomeTalk.Result.of("null");
    }
}
