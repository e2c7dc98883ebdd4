package io.ridethrough.target.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.target.Said;
import io.ridethrough.target.Secret;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.https.RefusedLogins;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.https.Reply.Why;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.WayTroubleException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks Home Assistant by its REST API with a long-lived token (protocols 4). A no, a refused token and a certificate that
 * is not the pinned one are answers; other trouble is a {@link WayTroubleException}. Thread-safe.
 */
public final class RestWay {
    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final String ENTRIES = "/api/config/config_entries/entry";

    private final Https https;
    private final HomeLogins logins;

    public RestWay(Https https, HomeLogins logins) {
        this.https = https;
        this.logins = logins;
    }

    /** Asks what this API knows; the rest is no trouble of it, but goes the other way. */
    public CompletionStage<Told> ask(HomeAssistant home, HomeAsk ask) {
        if (ask instanceof HomeAsk.State) {
            HttpCall call = HttpCall.get("/api/config", Map.of(), LOOK);
            return send(
                    home,
                    call,
                    reply -> reply instanceof Reply.Data told
                            ? CompletableFuture.completedFuture(HomeReading.running(told.data()))
                            : reply.lookTrouble());
        }
        if (ask instanceof HomeAsk.Retrying) {
            HttpCall call = HttpCall.get(ENTRIES, Map.of(), LOOK);
            return send(
                    home,
                    call,
                    reply -> reply instanceof Reply.Data told
                            ? CompletableFuture.completedFuture(HomeReading.retrying(told.data()))
                            : reply.lookTrouble());
        }
        if (ask instanceof HomeAsk.States states) {
            return states(home, states.ids(), new ArrayList<>());
        }
        if (ask instanceof HomeAsk.ReloadEntry act) {
            HttpCall call = new HttpCall(
                    HttpCall.Method.POST,
                    ENTRIES + "/" + HttpCall.segment(act.id()) + "/reload",
                    "",
                    Map.of(),
                    Optional.of(HttpCall.Body.json("{}")),
                    act.limit());
            return send(
                    home,
                    call,
                    reply -> reply instanceof Reply.Data
                            ? CompletableFuture.completedFuture(new Told.Done("Home Assistant takes the reload"))
                            : reply.actRefused());
        }
        if (ask instanceof HomeAsk.ShutDownHost act) {
            return service(home, "hassio/host_shutdown", act.limit(), "Home Assistant takes its host's shutdown");
        }
        if (ask instanceof HomeAsk.BackUp act) {
            return service(home, "backup/create_automatic", act.limit(), "Home Assistant says that its backup is over");
        }
        return CompletableFuture.failedFuture(
                WayTroubleException.answered(new Told.Undelivered("its REST API does not have it")));
    }

    /** One call an entity; 404 where there is none by that name (home-assistant/developers: rest.md). */
    private CompletionStage<Told> states(HomeAssistant home, List<String> ids, List<HomeTold.Entity> told) {
        if (ids.isEmpty()) {
            return CompletableFuture.completedFuture(new HomeTold.Entities(told));
        }
        HttpCall call = HttpCall.get("/api/states/" + HttpCall.segment(ids.get(0)), Map.of(), LOOK);
        return send(home, call, reply -> {
            boolean isAway = reply instanceof Reply.Unusable no && no.reason() == Why.UNSUPPORTED;
            if (!(reply instanceof Reply.Data) && !isAway) {
                return reply.lookTrouble();
            }
            if (reply instanceof Reply.Data data) {
                told.add(HouseReading.entity(data.data()));
            }
            return states(home, ids.subList(1, ids.size()), told);
        });
    }

    /** It answers when the service has ended (home-assistant/core: components/api). */
    private CompletionStage<Told> service(HomeAssistant home, String service, Duration limit, String done) {
        HttpCall call = new HttpCall(
                HttpCall.Method.POST,
                "/api/services/" + service,
                "",
                Map.of(),
                Optional.of(HttpCall.Body.json("{}")),
                limit);
        return send(
                home,
                call,
                reply -> reply instanceof Reply.Data
                        ? CompletableFuture.completedFuture(new Told.Done(done))
                        : reply.actRefused());
    }

    /** What an answer comes to. */
    @FunctionalInterface
    private interface Meaning {
        CompletionStage<Told> of(Reply reply);
    }

    private CompletionStage<Told> send(HomeAssistant home, HttpCall call, Meaning meaning) {
        Secret token;
        try {
            token = logins.of(home);
        } catch (RefusedLogins.NoLoginException e) {
            return CompletableFuture.completedFuture(new Told.Barred(e.reply().why()));
        }
        return https.send(home.guest(), call.with("Authorization", Secret.of("Bearer " + token.text())))
                .thenCompose(reply -> {
                    Optional<Told> barred = barred(home, token, reply);
                    return barred.isPresent()
                            ? CompletableFuture.completedFuture(barred.get())
                            : meaning.of(read(reply));
                });
    }

    /** What a person must see to; asking again, or by the other way, would make it worse. */
    private Optional<Told> barred(HomeAssistant home, Secret token, HttpReply reply) {
        if (reply instanceof HttpReply.Undelivered undelivered) {
            return switch (undelivered.cause()) {
                case IDENTITY, UNDECLARED ->
                    Optional.of(new Told.Barred(undelivered.cause() + ": " + undelivered.why()));
                case UNREACHABLE, BUSY -> Optional.empty();
            };
        }
        if (!(reply instanceof HttpReply.Answered answered)) {
            return Optional.empty();
        }
        return switch (answered.status()) {
            case 401 -> Optional.of(logins.refused(home, token, "401 " + Said.line(answered.body())));
            case 403 -> Optional.of(logins.refused(home, token, "403: our address may be banned (ip_bans.yaml)"));
            default -> Optional.empty();
        };
    }

    private static Reply read(HttpReply reply) {
        if (!(reply instanceof HttpReply.Answered answered)) {
            return Reply.unanswered(reply);
        }
        Optional<JsonNode> body = Reply.json(answered.body()).filter(JsonNode::isContainerNode);
        if (answered.ok() && body.isPresent()) {
            return new Reply.Data(body.get());
        }
        String why = answered.status() + " "
                + body.map(told -> HomeReading.word(told, "message")).orElse("");
        return switch (answered.status()) {
            case 404, 405 -> new Reply.Unusable(Why.UNSUPPORTED, why);
            case 400 -> new Reply.Conflict(why);
            case 503 -> new Reply.Unusable(Why.CONNECTION, why);
            default -> Reply.unreadable(answered);
        };
    }
}
