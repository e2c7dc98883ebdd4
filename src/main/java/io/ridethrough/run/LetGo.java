package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@link HaRecord} folded from the journal. Over once HA_ON of its cluster ended well. Not thread-safe. */
final class LetGo {
    private static final Set<String> WELL = Set.of("Done", "AlreadyDone");

    private final Map<AssetId, Map<String, String>> byNode = new TreeMap<>();

    static ObjectNode body(Set<AssetId> nodes, Map<String, String> states) {
        ObjectNode body = Notes.object();
        nodes.stream().sorted().map(AssetId::toString).forEach(body.putArray("nodes")::add);
        ObjectNode asked = body.putObject("states");
        new TreeMap<>(states).forEach(asked::put);
        return body;
    }

    void kept(JsonNode body) {
        Map<String, String> states = new TreeMap<>();
        body.path("states")
                .properties()
                .forEach(one -> states.put(one.getKey(), one.getValue().asText()));
        body.path("nodes").forEach(node -> byNode.put(AssetId.parse(node.asText()), states));
    }

    void settled(JsonNode body) {
        if (body.path("verb").asText().equals("HA_ON")
                && WELL.contains(body.path("outcome").asText())
                && body.hasNonNull("asset")) {
            Map<String, String> over =
                    byNode.get(AssetId.parse(body.path("asset").asText()));
            byNode.values().removeIf(states -> states == over);
        }
    }

    Map<String, String> at(AssetId node) {
        return new TreeMap<>(byNode.getOrDefault(node, Map.of()));
    }
}
