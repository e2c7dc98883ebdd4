package io.ridethrough.target.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.Said;
import io.ridethrough.target.homeassistant.HomeTold.State;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what Home Assistant tells; its REST API and its WebSocket use the same words (protocols 4). */
final class HomeReading {
    private HomeReading() {}

    static HomeTold.Running running(JsonNode config) {
        String word = word(config, "state");
        return new HomeTold.Running(state(word), word.isEmpty() ? "no state" : word, word(config, "version"));
    }

    static HomeTold.AddOns addOns(JsonNode supervisor) {
        Map<String, String> states = new TreeMap<>();
        supervisor.path("addons").forEach(one -> states.put(word(one, "slug"), word(one, "state")));
        return new HomeTold.AddOns(states);
    }

    /** States by protocols 4; a flow whose source is {@code reauth} waits for a person. */
    static HomeTold.Integrations integrations(JsonNode entries, JsonNode flows) {
        List<String> notLoaded = new ArrayList<>();
        entries.forEach(one -> {
            String state = word(one, "state");
            boolean disabled = !one.path("disabled_by").isNull()
                    && !one.path("disabled_by").isMissingNode();
            if (!disabled && !state.equals("loaded") && !state.endsWith("_in_progress")) {
                notLoaded.add(word(one, "title") + " (" + state + ")");
            }
        });
        List<String> reauth = new ArrayList<>();
        flows.forEach(flow -> {
            if (word(flow.path("context"), "source").equals("reauth")) {
                reauth.add(word(flow, "handler"));
            }
        });
        return new HomeTold.Integrations(notLoaded, reauth);
    }

    /** Those whose setup failed for a reason that may pass; of others a reload changes nothing. */
    static HomeTold.Retrying retrying(JsonNode entries) {
        Map<String, String> titles = new TreeMap<>();
        entries.forEach(one -> {
            if (word(one, "state").equals("setup_retry")
                    && !word(one, "entry_id").isEmpty()) {
                titles.put(word(one, "entry_id"), word(one, "title"));
            }
        });
        return new HomeTold.Retrying(titles);
    }

    /**
     * A backup that lies nowhere whole has those as {@code failed_agent_ids}, known once {@code state} is idle again
     * (home-assistant/core: components/backup/manager.py and websocket.py). One without a readable date proves nothing.
     */
    static HomeTold.Backups backups(JsonNode info) {
        List<HomeTold.Backup> backups = new ArrayList<>();
        info.path("backups").forEach(one -> instant(one, "date").ifPresent(made -> {
            List<String> failed = new ArrayList<>();
            one.path("failed_agent_ids").forEach(agent -> failed.add(Said.line(agent.asText())));
            backups.add(new HomeTold.Backup(word(one, "name"), made, failed));
        }));
        return new HomeTold.Backups(word(info, "state"), instant(info, "last_attempted_automatic_backup"), backups);
    }

    private static Optional<Instant> instant(JsonNode one, String field) {
        try {
            return Optional.of(OffsetDateTime.parse(one.path(field).asText("")).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static State state(String word) {
        return switch (word) {
            case "RUNNING" -> State.RUNNING;
            case "NOT_RUNNING", "STARTING" -> State.STARTING;
            default -> State.OTHER;
        };
    }

    static String word(JsonNode one, String field) {
        return Said.line(one.path(field).asText(""));
    }
}
