package io.ridethrough.target.proxmox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.Said;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.https.Reply.Why;

/** Reads what a node's API said (protocols 1.1). */
final class ApiAnswer {
    private ApiAnswer() {}

    static Reply of(HttpReply reply) {
        if (!(reply instanceof HttpReply.Answered answered)) {
            return Reply.unanswered(reply);
        }
        return answered.ok() ? data(answered) : refused(answered);
    }

    private static Reply data(HttpReply.Answered answered) {
        return Reply.json(answered.body())
                .filter(envelope -> envelope.has("data"))
                .<Reply>map(envelope -> new Reply.Data(envelope.get("data")))
                .orElseGet(() -> Reply.unreadable(answered));
    }

    /** The reason phrase carries the text; 400 names its parameters in the body. */
    private static Reply refused(HttpReply.Answered answered) {
        String why = answered.status() + " " + Said.line(answered.reason());
        return switch (answered.status()) {
            case 400 -> new Reply.Conflict(why + errors(answered.body()));
            case 500 -> new Reply.Conflict(why);
            case 401 -> new Reply.Unusable(Why.LOGIN, why);
            case 403 -> new Reply.Unusable(Why.RIGHT, why);
            case 501 -> new Reply.Unusable(Why.UNSUPPORTED, why);
            case 595 -> new Reply.Unusable(Why.CONNECTION, why);
            default -> new Reply.Unknown(why); // 596, 599: the proxy sent it on and heard nothing more
        };
    }

    private static String errors(String body) {
        return Reply.json(body)
                .map(envelope -> envelope.path("errors"))
                .filter(errors -> errors.isObject() && !errors.isEmpty())
                .map(errors -> " " + Said.line(errors.toString()))
                .orElse("");
    }

    /** A boolean of theirs: 1, "1" or true. */
    static boolean yes(JsonNode value) {
        return value.isBoolean() ? value.booleanValue() : value.asText().equals("1");
    }
}
