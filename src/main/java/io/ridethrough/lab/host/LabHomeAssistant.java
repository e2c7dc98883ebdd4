package io.ridethrough.lab.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.lab.api.Asked;
import io.ridethrough.lab.api.LabTalk;
import io.ridethrough.lab.api.Said;
import io.ridethrough.lab.host.Fault.Interface.How;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A simulated Home Assistant: REST and WebSocket (protocols 4). Traps: the API answers 200 long before it runs, an
 * address is banned (403) after five bad tokens, {@code /api/hassio} is 401 for a good token, and {@code /api} without
 * its slash is no API.
 */
public final class LabHomeAssistant {
    private static final int PATIENCE = 5;
    private static final Duration STARTS_FOR = Duration.ofSeconds(40);
    private static final String VERSION = "2026.11.2";

    private final LabModel model;
    final HomeAssistant declared;
    private final LabInterface own;
    private final String token;
    private String boot;
    private String state = "RUNNING";
    private int shown;
    private int refused;

    /** @param token a long-lived one of an administrator */
    public LabHomeAssistant(LabModel model, HomeAssistant declared, String token) {
        this.model = model;
        this.declared = declared;
        this.own = new LabInterface(model, declared.guest(), () -> model.isUp(declared.guest()));
        this.token = token;
        this.boot = bootId();
    }

    private String bootId() {
        return model.guest(declared.guest()).map(LabGuest::bootId).orElse("");
    }

    /** What it says of itself from now on, until it boots again. */
    public void says(String word) {
        model.clock.settle(() -> state = word);
    }

    /** How many wrong tokens it has seen. */
    public int refused() {
        return model.clock.ask(() -> refused);
    }

    /** How many requests and talks it has seen with any token. */
    public int shown() {
        return model.clock.ask(() -> shown);
    }

    public boolean isOpen() {
        return own.isOpen();
    }

    public CompletableFuture<Said> answer(Asked asked) {
        boolean act = asked.path().startsWith("/api/services/");
        return own.answer(asked, act, "home", "rest " + asked.path(), this::said, said -> said.status() < 400);
    }

    /** What follows on a request for a WebSocket. */
    public LabTalk talk() {
        return new LabHomeTalk(this);
    }

    private Said said(Asked asked) {
        boots();
        if (refused >= PATIENCE) {
            return new Said(403, "Forbidden", "403: Forbidden");
        }
        if (asked.path().equals("/api/websocket")) {
            return new Said(101, "Switching Protocols", "");
        }
        if (!accepts(asked.header("authorization").replaceFirst("^Bearer ", ""))) {
            return new Said(401, "Unauthorized", "401: Unauthorized");
        }
        return switch (asked.path()) {
            case "/api/" -> json("{\"message\":\"API running.\"}");
            case "/api/config" -> json(config());
            default ->
                asked.path().startsWith("/api/hassio/")
                        ? new Said(401, "Unauthorized", "401: Unauthorized")
                        : new Said(404, "Not Found", "{\"message\":\"Not found.\"}");
        };
    }

    /** After a boot it is starting for a while, and its API answers already. */
    private void boots() {
        String now = bootId();
        if (now.equals(boot)) {
            return;
        }
        boot = now;
        state = "NOT_RUNNING";
        model.clock.after(STARTS_FOR.dividedBy(2), () -> state = "STARTING");
        model.clock.after(STARTS_FOR, () -> state = "RUNNING");
    }

    /** Whether a token is the right one; wrong ones count. */
    boolean accepts(String given) {
        shown++;
        if (given.equals(token)) {
            return true;
        }
        refused++;
        return false;
    }

    String config() {
        return "{\"components\":[\"mqtt\",\"hassio\"],\"state\":\"" + state + "\",\"version\":\"" + VERSION + "\"}";
    }

    /** What a command comes to: its {@code result} as JSON, or {@code code: message}. */
    LabHomeTalk.Result command(JsonNode asked) {
        String type = asked.path("type").asText();
        return switch (type) {
            case "get_config" -> LabHomeTalk.Result.of(config());
            default -> LabHomeTalk.Result.error("unknown_command", "Unknown command.");
        };
    }

    LabInterface own() {
        return own;
    }

    boolean fails(How how) {
        return own.fails(how);
    }

    LabModel model() {
        return model;
    }

    static Said json(String body) {
        return new Said(200, "OK", body, Map.of());
    }
}
