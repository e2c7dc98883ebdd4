package io.ridethrough.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * How the service is and how its targets are. A target that is down leaves the service healthy: the status is 200 and
 * the answer names the target. That the service lives is told to anybody, all else with a valid token only.
 * Thread-safe; asks no target.
 */
public final class Health {
    private final Tokens tokens;
    private final TargetReport targets;
    private final TargetMetrics metrics;
    private final ReadyApi ready;
    private final StandardApi standard;
    private final String world;

    public Health(Tokens tokens, TargetReport targets, ReadyApi ready, StandardApi standard, String world) {
        this.tokens = tokens;
        this.targets = targets;
        this.metrics = new TargetMetrics(targets);
        this.ready = ready;
        this.standard = standard;
        this.world = world;
    }

    /** GET health: {@code {"status": "up"}}; with a token every way to every target, and those in trouble by name. */
    public Reply health(Call call) {
        ObjectNode view = Views.object().put("status", "up");
        if (call.authorization() == null) {
            return Reply.ok(view);
        }
        if (!tokens.admits(call.authorization())) {
            return Reply.unauthorized();
        }
        List<TargetReport.WayState> ways = targets.ways();
        view.put("world", world);
        view.set("ready", ready.last());
        view.set("standard", standard.last());
        ArrayNode trouble = view.putArray("trouble");
        ways.stream()
                .filter(way -> !way.well())
                .map(TargetReport.WayState::target)
                .distinct()
                .forEach(trouble::add);
        ArrayNode all = view.putArray("ways");
        ways.forEach(way -> all.add(Views.way(way)));
        return Reply.ok(view);
    }

    /** GET metrics: the same, and what the standard last found, as Prometheus text. */
    public Reply metrics(Call call) {
        return tokens.admits(call.authorization())
                ? Reply.plain(TargetMetrics.MEDIA_TYPE, metrics.text() + standard.metrics())
                : Reply.unauthorized();
    }
}
