package io.ridethrough.lab.host;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The backups of a simulated Home Assistant (home-assistant/core: components/backup manager, services and websocket): one
 * at a time; a busy one refuses, and where a backup does not lie is known at its end only.
 */
final class LabHomeBackups {
    /** How long one takes. */
    static final Duration TAKES = Duration.ofSeconds(40);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LabClock clock;
    private final ArrayNode backups = JSON.createArrayNode();
    private String state = "idle";
    private Optional<Instant> attempted = Optional.empty();
    private Optional<String> deaf = Optional.empty();

    LabHomeBackups(LabClock clock) {
        this.clock = clock;
        add(clock.now().minus(Duration.ofHours(20)));
    }

    private ObjectNode add(Instant at) {
        ObjectNode one = backups.addObject()
                .put("backup_id", Integer.toHexString(backups.size()))
                .put("name", "Automatic backup " + backups.size())
                .put("date", at.toString().replace("Z", "+00:00"))
                .put("with_automatic_settings", true);
        one.putObject("agents").putObject("hassio.local");
        one.putArray("failed_agent_ids");
        return one;
    }

    /** What it refuses, if it does; otherwise one is made from now on. */
    Optional<String> begin() {
        if (!state.equals("idle")) {
            return Optional.of("Backup manager busy: " + state);
        }
        state = "create_backup";
        attempted = Optional.of(clock.now());
        ObjectNode one = add(clock.now());
        var unused = clock.after(TAKES, () -> {
            deaf.ifPresent(agent -> one.withArray("failed_agent_ids").add(agent));
            state = "idle";
        });
        return Optional.empty();
    }

    /** Where its backups cannot be put from now on; empty when all is well. */
    void fails(String agent) {
        deaf = Optional.of(agent).filter(one -> !one.isEmpty());
    }

    /** How many there are. */
    int count() {
        return backups.size();
    }

    String info() {
        ObjectNode info = JSON.createObjectNode();
        info.putObject("agent_errors");
        info.set("backups", backups.deepCopy());
        info.put(
                "last_attempted_automatic_backup",
                attempted.map(Instant::toString).orElse(null));
        return info.put("state", state).toString();
    }
}
