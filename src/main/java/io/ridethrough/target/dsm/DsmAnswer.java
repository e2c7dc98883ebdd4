package io.ridethrough.target.dsm;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.https.Reply.Why;
import java.util.Map;

/** Reads what DSM said: errors come with 200 and a number (protocols 2.1, 2.3). */
sealed interface DsmAnswer {
    Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(100, "unknown error"),
            Map.entry(101, "a parameter is missing"),
            Map.entry(102, "no such API"),
            Map.entry(103, "no such method in this version"),
            Map.entry(104, "no such version"),
            Map.entry(105, "the account may not: it must be in the administrators group"),
            Map.entry(106, "session timed out"),
            Map.entry(107, "session ended by another login"),
            Map.entry(114, "a parameter is missing"),
            Map.entry(117, "internal error"),
            Map.entry(119, "session not known"),
            Map.entry(120, "a parameter is not valid"),
            Map.entry(160, "the account may not use this application"),
            Map.entry(400, "no such account, or a wrong password"),
            Map.entry(401, "the account is disabled"),
            Map.entry(402, "the account may not log in"),
            Map.entry(403, "a one-time code is needed"),
            Map.entry(404, "the one-time code is wrong"),
            Map.entry(406, "one-time codes are enforced"),
            Map.entry(407, "our address is blocked after too many logins"),
            Map.entry(408, "the password has expired"),
            Map.entry(409, "the password has expired"),
            Map.entry(410, "the password must be changed"),
            Map.entry(1007, "not possible on a high-availability cluster"));

    /** It is what it is for whoever asked. */
    record Settled(Reply reply) implements DsmAnswer {}

    /** The session is over; nothing was done. */
    record SessionOver(String why) implements DsmAnswer {}

    /** What a call within a session came to. */
    static DsmAnswer of(HttpReply reply) {
        if (!(reply instanceof HttpReply.Answered answered)) {
            return new Settled(Reply.unanswered(reply));
        }
        JsonNode envelope = Reply.json(answered.body()).orElse(Reply.JSON.missingNode());
        if (!answered.ok() || !envelope.path("success").isBoolean()) {
            return new Settled(
                    answered.status() == 404
                            ? new Reply.Unusable(Why.UNSUPPORTED, "404 " + answered.reason())
                            : Reply.unreadable(answered));
        }
        if (envelope.path("success").booleanValue()) {
            return new Settled(new Reply.Data(envelope.path("data")));
        }
        int code = envelope.path("error").path("code").asInt();
        return switch (code) {
            case 106, 107, 119 -> new SessionOver(words(code));
            case 105, 160 -> new Settled(new Reply.Unusable(Why.RIGHT, words(code)));
            case 101, 102, 103, 104, 114, 120 -> new Settled(new Reply.Unusable(Why.UNSUPPORTED, words(code)));
            case 0, 100, 117 -> new Settled(new Reply.Unknown(words(code)));
            default -> new Settled(new Reply.Conflict(words(code)));
        };
    }

    /** Whether an answer to a login says that this login is refused, and not only that it went wrong. */
    static boolean refusesLogin(HttpReply reply) {
        if (!(reply instanceof HttpReply.Answered answered)) {
            return false;
        }
        int code = Reply.json(answered.body())
                .map(envelope -> envelope.path("error").path("code").asInt())
                .orElse(0);
        return code >= 400 && code <= 410;
    }

    private static String words(int code) {
        return "DSM says " + code + ": " + WORDS.getOrDefault(code, "a number that is not known here");
    }
}
