package io.ridethrough.target.unifi;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.Said;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.https.Reply.Why;
import java.util.Locale;

/** Reads what the classic API said: {@code meta.rc} counts, whatever the status (protocols 3.1). */
sealed interface ClassicAnswer {
    /** It is what it is for whoever asked. */
    record Settled(Reply reply) implements ClassicAnswer {}

    /** The login no longer counts, or its token against forged requests; nothing was done. */
    record SessionOver(String why) implements ClassicAnswer {}

    static ClassicAnswer of(HttpReply reply) {
        if (!(reply instanceof HttpReply.Answered answered)) {
            return new Settled(Reply.unanswered(reply));
        }
        JsonNode body = Reply.json(answered.body()).orElse(Reply.JSON.missingNode());
        String rc = body.path("meta").path("rc").asText();
        String error = Said.line(body.path("meta").path("msg").asText());
        if (answered.status() == 401 || error.equals("api.err.LoginRequired")) {
            return new SessionOver("not logged in: " + answered.status() + " " + error);
        }
        if (rc.equals("error")) {
            return new Settled(
                    switch (error) {
                        case "api.err.NoPermission" -> new Reply.Unusable(Why.RIGHT, error);
                        case "api.err.NoSiteContext" -> new Reply.Unusable(Why.UNSUPPORTED, error);
                        default -> new Reply.Conflict(error);
                    });
        }
        if (answered.ok() && rc.equals("ok")) {
            return new Settled(new Reply.Data(body.path("data")));
        }
        if (answered.status() == 403) {
            return new SessionOver("forbidden: no right, or the token against forged requests is old");
        }
        return new Settled(
                startsUp(answered)
                        ? new Reply.Unusable(Why.CONNECTION, "the Network application is starting up")
                        : answered.status() == 404
                                ? new Reply.Unusable(Why.UNSUPPORTED, "404")
                                : Reply.unreadable(answered));
    }

    /** A console says so in plain text while its Network application restarts: it was not passed on. */
    static boolean startsUp(HttpReply.Answered answered) {
        return (answered.status() == 502 || answered.status() == 503)
                && answered.body().toLowerCase(Locale.ROOT).contains("starting up");
    }
}
