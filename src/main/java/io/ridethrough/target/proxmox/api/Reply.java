package io.ridethrough.target.proxmox.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.target.Said;
import io.ridethrough.target.https.HttpReply;

/** What a node's API said, by what it means for the one who asked (protocols 1.1). */
public sealed interface Reply {
    ObjectMapper JSON = new ObjectMapper();

    /** It did, or told, what it was asked for. */
    record Data(JsonNode data) implements Reply {}

    /** It said no, for a reason of its state or of the request: certainly not done. */
    record Conflict(String why) implements Reply {}

    /** The interface cannot be used for this and nothing was done: no login, no right, no such call, no connection. */
    record Unusable(Why reason, String why) implements Reply {}

    /** Whether it was done cannot be known from here. */
    record Unknown(String why) implements Reply {}

    /** Why it is unusable. */
    enum Why {
        LOGIN,
        RIGHT,
        UNSUPPORTED,
        CONNECTION
    }

    /** Reads an answer. */
    static Reply of(HttpReply reply) {
        if (reply instanceof HttpReply.Undelivered undelivered) {
            return new Unusable(Why.CONNECTION, undelivered.cause() + ": " + undelivered.why());
        }
        if (reply instanceof HttpReply.TimedOut timedOut) {
            return new Unknown(timedOut.why());
        }
        if (reply instanceof HttpReply.Lost lost) {
            return new Unknown("connection lost: " + lost.why());
        }
        HttpReply.Answered answered = (HttpReply.Answered) reply;
        return answered.ok() ? data(answered) : refused(answered);
    }

    private static Reply data(HttpReply.Answered answered) {
        try {
            JsonNode envelope = JSON.readTree(answered.body());
            return envelope != null && envelope.has("data")
                    ? new Data(envelope.get("data"))
                    : new Unknown("an answer without data: " + Said.line(answered.body()));
        } catch (JsonProcessingException e) {
            return new Unknown("an answer that is no JSON: " + Said.line(answered.body()));
        }
    }

    /** The reason phrase carries the text; 400 names its parameters in the body. */
    private static Reply refused(HttpReply.Answered answered) {
        String why = answered.status() + " " + Said.line(answered.reason());
        return switch (answered.status()) {
            case 400 -> new Conflict(why + errors(answered.body()));
            case 500 -> new Conflict(why);
            case 401 -> new Unusable(Why.LOGIN, why);
            case 403 -> new Unusable(Why.RIGHT, why);
            case 501 -> new Unusable(Why.UNSUPPORTED, why);
            case 595 -> new Unusable(Why.CONNECTION, why);
            default -> new Unknown(why); // 596, 599: the proxy sent it on and heard nothing more
        };
    }

    private static String errors(String body) {
        try {
            JsonNode errors = JSON.readTree(body).path("errors");
            return errors.isObject() && !errors.isEmpty() ? " " + Said.line(errors.toString()) : "";
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    /** A boolean of theirs: 1, "1" or true. */
    static boolean yes(JsonNode value) {
        return value.isBoolean() ? value.booleanValue() : value.asText().equals("1");
    }
}
