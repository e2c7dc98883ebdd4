package io.ridethrough.target.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.WakeWay.Management;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Asks management controllers by Redfish, with a user and a password in each call, so that no session is left behind
 * (there are few). A refused login is not shown again: controllers lock out who tries in vain. Thread-safe.
 */
public final class RedfishWay {
    private static final Duration LOOK = Duration.ofSeconds(20);

    private static final String ON = "On";
    private static final String BUTTON = "GracefulShutdown";

    private final Https https;
    private final RefusedLogins logins;

    public RedfishWay(Https https, Secrets secrets) {
        this.https = https;
        this.logins = new RefusedLogins(secrets);
    }

    /** A person says that a login which was refused may be tried once more. */
    public void forgive(AssetId controller) {
        logins.forgive(controller);
    }

    public CompletionStage<Told> ask(Management controller, RedfishAsk ask) {
        String system = "/redfish/v1/Systems/" + HttpCall.segment(controller.system());
        if (ask instanceof RedfishAsk.On act) {
            return reset(controller, ON, act.limit(), "switched on by ");
        }
        if (ask instanceof RedfishAsk.GracefulShutdown act) {
            return reset(controller, BUTTON, act.limit(), "asked to shut down gracefully by ");
        }
        Function<JsonNode, CompletionStage<Told>> read =
                ask instanceof RedfishAsk.Rights ? RedfishWay::rights : RedfishWay::power;
        return send(controller, HttpCall.get(system, Map.of(), LOOK))
                .thenCompose(reply -> reply instanceof Reply.Data data ? read.apply(data.data()) : reply.lookTrouble());
    }

    /** There is no other way to a management controller. */
    public static CompletionStage<Told> none(Management controller, RedfishAsk ask) {
        return CompletableFuture.failedFuture(
                WayTroubleException.answered(new Told.Undelivered(controller.controller() + " has no second way")));
    }

    /** The list of what it takes is optional (DSP0266, 7.11, allowable values): without one nothing is said. */
    private static CompletionStage<Told> rights(JsonNode system) {
        JsonNode takes = system.path("Actions").path("#ComputerSystem.Reset").path("ResetType@Redfish.AllowableValues");
        List<String> words = new ArrayList<>();
        takes.forEach(word -> words.add(word.asText()));
        List<String> missing =
                Stream.of(ON, BUTTON).filter(word -> !words.contains(word)).toList();
        return power(system)
                .thenApply(told -> takes.isArray() && !missing.isEmpty()
                        ? new Told.Declined("it does not take " + String.join(" and ", missing))
                        : new Told.Done(
                                "logs in and tells its power; whether its account may switch it is not known until"
                                        + " it does"));
    }

    private static CompletionStage<Told> power(JsonNode system) {
        String word = system.path("PowerState").asText();
        if (word.isEmpty()) {
            return new Reply.Unknown("it tells no PowerState").lookTrouble();
        }
        RedfishTold.State state =
                switch (word) {
                    case "On" -> RedfishTold.State.ON;
                    case "Off" -> RedfishTold.State.OFF;
                    case "PoweringOn", "PoweringOff", "Paused" -> RedfishTold.State.CHANGING;
                    default -> RedfishTold.State.UNKNOWN;
                };
        return CompletableFuture.completedFuture(new RedfishTold.Power(state, Said.line(word)));
    }

    private CompletionStage<Told> reset(Management controller, String type, Duration limit, String done) {
        HttpCall call = new HttpCall(
                HttpCall.Method.POST,
                "/redfish/v1/Systems/" + HttpCall.segment(controller.system()) + "/Actions/ComputerSystem.Reset",
                "",
                Map.of(),
                Optional.of(HttpCall.Body.json("{\"ResetType\":\"" + type + "\"}")),
                limit.compareTo(LOOK) > 0 ? LOOK : limit);
        return send(controller, call)
                .thenCompose(reply -> reply instanceof Reply.Data
                        ? CompletableFuture.completedFuture(new Told.Done(done + controller.controller()))
                        : reply.actRefused());
    }

    private CompletionStage<Reply> send(Management controller, HttpCall call) {
        Secret login;
        try {
            login = logins.of(controller.controller(), controller.api().secret());
            RefusedLogins.parts(login);
        } catch (RefusedLogins.NoLoginException e) {
            return CompletableFuture.completedFuture(e.reply());
        }
        String basic = "Basic "
                + Base64.getEncoder().encodeToString(login.text().strip().getBytes(StandardCharsets.UTF_8));
        return https.send(controller.controller(), call.with("Authorization", Secret.of(basic)))
                .thenApply(reply -> {
                    if (reply instanceof HttpReply.Answered answered && answered.status() == 401) {
                        logins.refuse(controller.controller(), login);
                    }
                    return read(reply);
                });
    }

    private static Reply read(HttpReply reply) {
        if (!(reply instanceof HttpReply.Answered answered)) {
            return Reply.unanswered(reply);
        }
        String said = answered.status() + " " + message(answered);
        if (answered.status() == 204) {
            return new Reply.Data(Reply.JSON.createObjectNode());
        }
        if (answered.ok()) {
            return Reply.json(answered.body())
                    .filter(JsonNode::isObject)
                    .<Reply>map(Reply.Data::new)
                    .orElseGet(() -> Reply.unreadable(answered));
        }
        return switch (answered.status()) {
            case 400, 409 -> new Reply.Conflict(said);
            case 401 -> new Reply.Unusable(Why.LOGIN, said);
            case 403 -> new Reply.Unusable(Why.RIGHT, said);
            case 404, 405, 501 -> new Reply.Unusable(Why.UNSUPPORTED, said);
            case 503 -> new Reply.Unusable(Why.CONNECTION, said);
            default -> new Reply.Unknown(said);
        };
    }

    /** The first message of its extended information (DSP0266, 8.6). */
    private static String message(HttpReply.Answered answered) {
        return Reply.json(answered.body())
                .map(body -> body.path("error"))
                .map(error -> error.path("@Message.ExtendedInfo")
                        .path(0)
                        .path("Message")
                        .asText(error.path("message").asText()))
                .map(Said::line)
                .orElse("");
    }
}
