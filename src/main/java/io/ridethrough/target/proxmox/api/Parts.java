package io.ridethrough.target.proxmox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.proxmox.NodePart;
import io.ridethrough.target.proxmox.NodePart.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads the parts of a node (protocols 1.2). */
final class Parts {
    private Parts() {}

    static List<NodePart> storages(JsonNode data) {
        List<NodePart> parts = new ArrayList<>();
        for (JsonNode row : data) {
            parts.add(new NodePart(Kind.STORAGE, row.path("storage").asText("?"), storage(row)));
        }
        return parts;
    }

    /** In the words that {@code pvesm status} has for it. */
    private static String storage(JsonNode row) {
        if (!row.has("active")) {
            return "";
        }
        if (ApiAnswer.yes(row.path("active"))) {
            return "active";
        }
        return row.has("enabled") && !ApiAnswer.yes(row.path("enabled")) ? "disabled" : "inactive";
    }

    static List<NodePart> pools(JsonNode data) {
        List<NodePart> parts = new ArrayList<>();
        for (JsonNode row : data) {
            parts.add(new NodePart(
                    Kind.POOL, row.path("name").asText("?"), row.path("health").asText("")));
        }
        return parts;
    }

    static NodePart service(String name, JsonNode data) {
        return new NodePart(Kind.SERVICE, name, data.path("active-state").asText(""));
    }
}
