package io.ridethrough.lab.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.lab.api.LabTalk;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One WebSocket of a simulated Home Assistant (protocols 4): the token first, ids that increase, and events between
 * results, which nobody asked for.
 */
final class LabHomeTalk implements LabTalk {
    static final String BACK_UP = "backup/generate_with_automatic_settings";

    /** What changes something, beside what is posted to the supervisor. */
    private static final Set<String> ACTS = Set.of(BACK_UP, "lovelace/dashboards/create", "lovelace/config/save");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENT = "{\"id\":0,\"type\":\"event\",\"event\":{\"event_type\":\"state_changed\"}}";

    private final LabHomeAssistant home;
    private boolean trusted;
    private int last;

    LabHomeTalk(LabHomeAssistant home) {
        this.home = home;
    }

    /** What a command came to. */
    record Result(boolean success, String json) {
        static Result of(String json) {
            return new Result(true, json);
        }

        static Result error(String code, String message) {
            return new Result(false, "{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}");
        }
    }

    @Override
    public String greeting() {
        return "{\"type\":\"auth_required\",\"ha_version\":\"2026.11.2\"}";
    }

    @Override
    public CompletableFuture<List<String>> hear(String text) {
        JsonNode asked;
        try {
            asked = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return CompletableFuture.completedFuture(List.of());
        }
        CompletableFuture<List<String>> said = new CompletableFuture<>();
        home.model().clock.run(() -> said.complete(trusted ? result(asked) : login(asked)));
        return said;
    }

    private List<String> login(JsonNode asked) {
        trusted = asked.path("type").asText().equals("auth")
                && home.accepts(asked.path("access_token").asText());
        return List.of(
                trusted
                        ? "{\"type\":\"auth_ok\",\"ha_version\":\"2026.11.2\"}"
                        : "{\"type\":\"auth_invalid\",\"message\":\"Invalid access token or password\"}");
    }

    private List<String> result(JsonNode asked) {
        int id = asked.path("id").asInt();
        if (id <= last) {
            return List.of(line(id, Result.error("id_reuse", "Identifier values have to increase.")));
        }
        last = id;
        String type = asked.path("type").asText();
        boolean act = asked.path("method").asText().equals("post") || ACTS.contains(type);
        LabHomeTalk.Result result = home.command(asked);
        if (act && home.dropsTalks()) {
            return List.of();
        }
        return List.of(EVENT, line(id, result));
    }

    private static String line(int id, Result result) {
        return "{\"id\":" + id + ",\"type\":\"result\",\"success\":" + result.success() + ","
                + (result.success() ? "\"result\":" : "\"error\":") + result.json() + "}";
    }
}
