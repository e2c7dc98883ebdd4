package io.ridethrough.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * On what grounds a site was armed.
 *
 * @param contracts the digest of the contracts it was armed with
 * @param grounds the number and hash of the drill, or why that was waived
 */
public record Arming(String contracts, Grounds grounds) {
    /** What stands for arming. */
    public sealed interface Grounds {}

    /** A whole drill of exactly these contracts that was passed. */
    public record Rehearsed(long number, String hash) implements Grounds {}

    /** A person waived the drill. */
    public record Waived(String reason) implements Grounds {}

    /** In one sentence. */
    public String said() {
        return grounds instanceof Rehearsed drill
                ? "drill " + drill.number() + " was passed with these contracts"
                : "the rehearsal was waived: " + ((Waived) grounds).reason();
    }

    ObjectNode json(String site, String by) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("site", site)
                .put("by", by)
                .put("contracts", contracts);
        if (grounds instanceof Rehearsed drill) {
            json.putObject("rehearsal").put("number", drill.number()).put("hash", drill.hash());
        } else {
            json.put("waived", ((Waived) grounds).reason());
        }
        return json;
    }

    static Arming of(JsonNode body) {
        JsonNode drill = body.path("rehearsal");
        return new Arming(
                body.path("contracts").asText(),
                drill.isObject()
                        ? new Rehearsed(
                                drill.path("number").asLong(),
                                drill.path("hash").asText())
                        : new Waived(body.path("waived").asText()));
    }
}
