package io.ridethrough.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A dashboard as it was when it was last well.
 *
 * @param path as it stands in the address
 * @param settings what one like it is made by
 * @param content what was on it
 * @param at when it was first kept so
 */
public record KeptDashboard(String path, JsonNode settings, JsonNode content, Instant at) {
    public String title() {
        return settings.path("title").asText(path);
    }

    public int views() {
        return content.path("views").size();
    }
}
