package io.ridethrough.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An answer over HTTP.
 *
 * @param status the HTTP status
 * @param type its media type
 */
public record Reply(int status, String type, JsonNode json) {
    static Reply ok(JsonNode json) {
        return new Reply(200, "application/json", json);
    }

    static Reply accepted(JsonNode json) {
        return new Reply(202, "application/json", json);
    }

    /** An error in the form of RFC 9457. */
    static Reply problem(int status, String title, List<String> errors) {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("type", "about:blank");
        problem.put("title", title);
        problem.put("status", status);
        problem.put("detail", "Nothing was changed.");
        ArrayNode list = problem.putArray("errors");
        errors.forEach(list::add);
        return new Reply(status, "application/problem+json", problem);
    }

    /** A site that may not be armed as it is; {@code next} is the command to go on with. */
    static Reply notRehearsed(String site, String why) {
        Reply refused = problem(
                409,
                "Not armed: a site needs a passed rehearsal of exactly the contracts it is armed with, or a waiver",
                List.of(why));
        if (refused.json() instanceof ObjectNode problem) {
            problem.put("next", "rehearse " + site);
        }
        return refused;
    }

    /** Text that is not JSON. */
    static Reply plain(String type, String text) {
        return new Reply(200, type, JsonNodeFactory.instance.textNode(text));
    }

    /** The answer to what the API does not have. */
    public static Reply noSuchPath(String method, String path) {
        return problem(404, "No such path", List.of("the API has no " + method + " " + path));
    }

    /** The answer of a service that starts or stops at this moment: nothing was looked at. */
    public static Reply notReady() {
        return problem(503, "Not ready", List.of("the service starts or stops at this moment; ask again"));
    }

    static Reply unauthorized() {
        return problem(401, "Who are you?", List.of("send \"Authorization: Bearer <token>\""));
    }

    /** What is sent: the JSON, or the bare text of what is not JSON. */
    public String text() {
        return json.isTextual() ? json.textValue() : json + "\n";
    }
}
