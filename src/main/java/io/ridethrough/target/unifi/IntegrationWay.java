package io.ridethrough.target.unifi;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.UnifiController;
import io.ridethrough.target.Said;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.https.RefusedLogins;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.https.Reply.Why;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.WayTroubleException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Asks controllers by the integration API, version 1, with a key (protocols 3.3). A no is an answer; other trouble is a
 * {@link WayTroubleException}. Thread-safe.
 */
public final class IntegrationWay {
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 100;

    private final Https https;
    private final RefusedLogins keys;

    public IntegrationWay(Https https, Secrets secrets) {
        this.https = https;
        this.keys = new RefusedLogins(secrets);
    }

    /** A person says that a login which was refused may be tried once more. */
    public void forgive(AssetId controller) {
        keys.forgive(controller);
    }

    /** Asks what this surface knows; the rest is no trouble of it, but goes the other way. */
    public CompletionStage<Told> ask(UnifiController controller, UnifiAsk ask) {
        if (ask instanceof UnifiAsk.Devices) {
            return list(controller, "/devices", all -> new UnifiTold.Devices(IntegrationReading.devices(all)));
        }
        if (ask instanceof UnifiAsk.Rights look) {
            String unknown = "; what its key may do besides is not known until it does it";
            return list(
                    controller, "/devices", all -> new Told.Done("tells its devices" + (look.acts() ? unknown : "")));
        }
        if (ask instanceof UnifiAsk.Clients) {
            return list(controller, "/clients", all -> new UnifiTold.Clients(IntegrationReading.clients(all)));
        }
        if (ask instanceof UnifiAsk.Networks) {
            return list(controller, "/networks", all -> new UnifiTold.Networks(IntegrationReading.networks(all)));
        }
        if (ask instanceof UnifiAsk.Restart act) {
            return act(controller, act.mac(), "", "{\"action\":\"RESTART\"}", act.limit());
        }
        if (ask instanceof UnifiAsk.CyclePort act) {
            String port = "/interfaces/ports/" + act.port();
            return act(controller, act.mac(), port, "{\"action\":\"POWER_CYCLE\"}", act.limit());
        }
        return CompletableFuture.failedFuture(
                WayTroubleException.answered(new Told.Undelivered("the integration API does not have it")));
    }

    private CompletionStage<Told> list(UnifiController controller, String what, Function<List<JsonNode>, Told> read) {
        return site(controller)
                .thenCompose(site -> all(controller, site + what))
                .thenApply(read);
    }

    /** Its id there is no MAC: so it is looked for first. */
    private CompletionStage<Told> act(
            UnifiController controller, String mac, String part, String action, Duration limit) {
        return site(controller)
                .thenCompose(site -> all(controller, site + "/devices").thenCompose(devices -> {
                    Optional<String> id = devices.stream()
                            .filter(device -> IntegrationReading.mac(device).equals(mac))
                            .map(device -> device.path("id").asText())
                            .findFirst();
                    if (id.isEmpty()) {
                        return CompletableFuture.completedFuture(
                                new Told.Declined("the controller knows no device " + mac));
                    }
                    String path = site + "/devices/" + HttpCall.segment(id.get()) + part + "/actions";
                    return send(controller, HttpCall.Method.POST, path, "", Optional.of(action), limit)
                            .thenCompose(reply -> reply instanceof Reply.Data
                                    ? CompletableFuture.completedFuture(new Told.Done("the controller takes it"))
                                    : reply.actRefused());
                }));
    }

    private CompletionStage<String> site(UnifiController controller) {
        return all(controller, "/v1/sites").thenCompose(sites -> sites.stream()
                .filter(site -> site.path("internalReference").asText().equals(controller.site()))
                .map(site -> "/v1/sites/" + HttpCall.segment(site.path("id").asText()))
                .findFirst()
                .map(path -> CompletableFuture.completedFuture(path))
                .orElseGet(() -> CompletableFuture.failedFuture(WayTroubleException.answered(
                        new Told.Undelivered("the controller shows no site " + controller.site())))));
    }

    /** Page by page to the last one. Their order is not promised, so that what comes twice is taken once. */
    private CompletionStage<List<JsonNode>> all(UnifiController controller, String path) {
        return page(controller, path, 0, new LinkedHashMap<>());
    }

    private CompletionStage<List<JsonNode>> page(
            UnifiController controller, String path, int offset, Map<String, JsonNode> before) {
        String query = HttpCall.form(Map.of("offset", Integer.toString(offset), "limit", Integer.toString(PAGE)));
        return send(controller, HttpCall.Method.GET, path, query, Optional.empty(), LOOK)
                .thenCompose(reply -> {
                    if (!(reply instanceof Reply.Data told)
                            || !told.data().path("data").isArray()) {
                        return reply instanceof Reply.Data
                                ? new Reply.Unknown("a page without data").<List<JsonNode>>lookTrouble()
                                : reply.lookTrouble();
                    }
                    JsonNode rows = told.data().path("data");
                    rows.forEach(row -> before.put(row.path("id").asText(), row));
                    int next = offset + rows.size();
                    boolean last = rows.isEmpty()
                            || next >= told.data().path("totalCount").asInt();
                    if (!last && next > PAGE * MOST_PAGES) {
                        return new Reply.Unknown("more pages than anyone has").<List<JsonNode>>lookTrouble();
                    }
                    return last
                            ? CompletableFuture.completedFuture(List.copyOf(before.values()))
                            : page(controller, path, next, before);
                });
    }

    private CompletionStage<Reply> send(
            UnifiController controller,
            HttpCall.Method method,
            String path,
            String query,
            Optional<String> body,
            Duration limit) {
        Secret key;
        try {
            key = keys.of(controller.runsOn(), controller.api().secret());
        } catch (RefusedLogins.NoLoginException e) {
            return CompletableFuture.completedFuture(e.reply());
        }
        String root =
                controller.form() == UnifiController.Form.UNIFI_OS ? "/proxy/network/integration" : "/integration";
        HttpCall call = new HttpCall(method, root + path, query, Map.of(), body.map(HttpCall.Body::json), limit);
        return https.send(controller.runsOn(), call.with("X-API-KEY", key)).thenApply(reply -> {
            if (reply instanceof HttpReply.Answered answered && answered.status() == 401) {
                keys.refuse(controller.runsOn(), key);
            }
            return read(reply);
        });
    }

    private static Reply read(HttpReply reply) {
        if (!(reply instanceof HttpReply.Answered answered)) {
            return Reply.unanswered(reply);
        }
        Optional<JsonNode> body = Reply.json(answered.body());
        if (answered.ok()) {
            // An action may be answered with nothing.
            return body.<Reply>map(Reply.Data::new)
                    .orElseGet(() -> answered.body().isBlank()
                            ? new Reply.Data(Reply.JSON.createObjectNode())
                            : Reply.unreadable(answered));
        }
        String why = answered.status() + " "
                + Said.line(body.map(told -> told.path("message").asText("")).orElse(""));
        return switch (answered.status()) {
            case 401 -> new Reply.Unusable(Why.LOGIN, why);
            case 403 -> new Reply.Unusable(Why.RIGHT, why);
            case 404, 405, 501 -> new Reply.Unusable(Why.UNSUPPORTED, why);
            case 400, 409, 422 -> new Reply.Conflict(why);
            case 429 -> new Reply.Unusable(Why.CONNECTION, why);
            default ->
                ClassicAnswer.startsUp(answered)
                        ? new Reply.Unusable(Why.CONNECTION, "the Network application is starting up")
                        : Reply.unreadable(answered);
        };
    }
}
