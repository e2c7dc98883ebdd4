package io.ridethrough.discover;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.draft.Draft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How what is declared differs from what is seen now, in what interfaces can tell and people do not decide. */
public final class Drift {
    private final Map<String, JsonNode> declared;
    private final Draft seen;
    private final List<String> lines = new ArrayList<>();

    private Drift(Map<String, JsonNode> declared, Draft seen) {
        this.declared = declared;
        this.seen = seen;
    }

    /** One line a difference; empty when there is none. Only kinds of things that answered are compared. */
    public static List<String> of(Map<String, JsonNode> declared, Draft seen, Found found) {
        Drift drift = new Drift(declared, seen);
        if (!found.proxmoxes().isEmpty()) {
            drift.compare("nodes", "nodes", Drift::nodeName, "version", "address");
            drift.guests();
            drift.mounts();
        }
        if (!found.nuts().isEmpty()) {
            drift.compare("power", "upses", ups -> ups.path("nut")
                    .path("name")
                    .asText(ups.path("id").asText()));
        }
        if (!found.unifis().isEmpty()) {
            drift.compare(
                    "network", "devices", device -> device.path("macs").path(0).asText());
        }
        if (!found.homes().isEmpty()) {
            drift.addOns();
        }
        return List.copyOf(drift.lines);
    }

    /** Those that run against those that are declared to. */
    private void addOns() {
        JsonNode home = seen.file("home-assistant").path("home-assistant");
        Function<JsonNode, String> key = addOn -> "add-on " + addOn.path("slug").asText();
        JsonNode file = declared.get("home-assistant");
        if (file != null && home.isObject()) {
            differ("home-assistant", index(file.path("home-assistant"), "add-ons", key), index(home, "add-ons", key));
        }
    }

    private static String nodeName(JsonNode node) {
        return node.path("node-name").asText(node.path("id").asText());
    }

    private void compare(String file, String list, Function<JsonNode, String> key, String... fields) {
        differ(file, index(declared.get(file), list, key), index(seen.file(file), list, key), fields);
    }

    private void guests() {
        Function<JsonNode, String> key = guest -> "guest " + guest.path("vmid").asText();
        Map<String, JsonNode> known = index(declared.get("guests"), "guests", key);
        index(declared.get("guests"), "excluded", key).forEach(known::putIfAbsent);
        Map<String, JsonNode> now = index(seen.file("guests"), "guests", key);
        index(seen.file("guests"), "excluded", key).forEach((id, template) -> {
            if (known.containsKey(id) && known.get(id).has("kind")) {
                lines.add("guests.yaml: " + id + " is declared as a guest and is a template now");
            }
            now.putIfAbsent(id, template);
        });
        known.entrySet().removeIf(one -> !one.getValue().has("kind") && !now.containsKey(one.getKey()));
        differ("guests", known, now, "kind", "onboot");
        now.forEach((id, guest) -> {
            JsonNode before = known.get(id);
            if (before != null && !on(declared.get("nodes"), before).equals(on(seen.file("nodes"), guest))) {
                lines.add("guests.yaml: " + id + ": runs-on is declared " + on(declared.get("nodes"), before)
                        + ", seen " + on(seen.file("nodes"), guest));
            }
        });
    }

    /** The node's own name for where a guest runs, whatever the contract calls that node. */
    private static String on(@Nullable JsonNode nodes, JsonNode guest) {
        String said = guest.path("runs-on").asText();
        for (JsonNode node : nodes == null ? List.<JsonNode>of() : nodes.path("nodes")) {
            if (node.path("id").asText().equals(said)) {
                return nodeName(node);
            }
        }
        return said;
    }

    private void mounts() {
        Function<JsonNode, String> key = mount -> mount.path("export").asText().replaceFirst("^[^:]*:", "") + " at "
                + mount.path("at").asText();
        Map<String, JsonNode> nodes = index(declared.get("nodes"), "nodes", Drift::nodeName);
        index(seen.file("nodes"), "nodes", Drift::nodeName).forEach((name, node) -> {
            JsonNode before = nodes.get(name);
            if (before != null) {
                Map<String, JsonNode> was = index(before, "mounts", key);
                Map<String, JsonNode> is = index(node, "mounts", key);
                was.keySet().stream()
                        .filter(one -> !is.containsKey(one))
                        .forEach(one -> lines.add(
                                "nodes.yaml: " + name + ": the mount of " + one + " is declared, and not seen"));
                is.keySet().stream()
                        .filter(one -> !was.containsKey(one))
                        .forEach(one -> lines.add(
                                "nodes.yaml: " + name + ": the mount of " + one + " is seen, and not declared"));
            }
        });
    }

    private void differ(String file, Map<String, JsonNode> was, Map<String, JsonNode> is, String... fields) {
        was.forEach((id, before) -> {
            JsonNode now = is.get(id);
            if (now == null) {
                lines.add(file + ".yaml: " + id + called(before) + " is declared, and not seen");
                return;
            }
            for (String field : fields) {
                String said = before.path(field).asText("");
                String shown = now.path(field).asText("");
                if (!said.isEmpty() && !shown.isEmpty() && !said.equals(shown)) {
                    lines.add(file + ".yaml: " + id + ": " + field + " is declared " + said + ", seen " + shown);
                }
            }
        });
        is.forEach((id, now) -> {
            if (!was.containsKey(id)) {
                lines.add(file + ".yaml: " + id + called(now) + " is seen, and not declared");
            }
        });
    }

    private static String called(JsonNode one) {
        String name = one.path("id").asText(one.path("name").asText(""));
        return name.isEmpty() ? "" : " (" + name + ")";
    }

    private static Map<String, JsonNode> index(
            @org.jspecify.annotations.Nullable JsonNode file, String list, Function<JsonNode, String> key) {
        Map<String, JsonNode> index = new LinkedHashMap<>();
        if (file != null) {
            file.path(list).forEach(one -> index.put(key.apply(one), one));
        }
        return index;
    }
}
