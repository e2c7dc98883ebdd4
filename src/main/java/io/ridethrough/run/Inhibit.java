package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.SiteId;
import java.time.Duration;
import java.time.Instant;

/** An armed site acts on nothing for a while (R37): who asked for it, why, and when it arms itself again. */
public record Inhibit(SiteId site, String by, String reason, Instant until) {
    /** No longer than this. */
    public static final Duration LONGEST = Duration.ofHours(24);

    static Inhibit of(JsonNode body, Instant at) {
        Duration lasts = Duration.parse(body.path("for").asText());
        return new Inhibit(
                new SiteId(body.path("site").asText()),
                body.path("by").asText(),
                body.path("reason").asText(),
                at.plus(lasts));
    }
}
