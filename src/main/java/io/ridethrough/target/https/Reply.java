package io.ridethrough.target.https;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.target.Said;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.WayTroubleException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a target's JSON interface said, by what it means for the one who asked. Which answer means what, its kind tells. */
public sealed interface Reply {
    ObjectMapper JSON = new ObjectMapper();

    /** It did, or told, what it was asked for. */
    record Data(JsonNode data) implements Reply {}

    /** It said no, for a reason of its state or of the request: certainly not done. */
    record Conflict(String words) implements Reply {}

    /** The interface cannot be used for this and nothing was done: no login, no right, no such call, no connection. */
    record Unusable(Why reason, String words) implements Reply {}

    /** Whether it was done cannot be known from here. */
    record Unknown(String words) implements Reply {}

    /** Why it is unusable. */
    enum Why {
        LOGIN,
        RIGHT,
        UNSUPPORTED,
        CONNECTION
    }

    /** What a call that got no answer means. */
    static Reply unanswered(HttpReply reply) {
        if (reply instanceof HttpReply.Undelivered undelivered) {
            return new Unusable(Why.CONNECTION, undelivered.cause() + ": " + undelivered.why());
        }
        if (reply instanceof HttpReply.TimedOut timedOut) {
            return new Unknown(timedOut.why());
        }
        return reply instanceof HttpReply.Lost lost
                ? new Unknown("connection lost: " + lost.why())
                : new Unknown("answered: " + ((HttpReply.Answered) reply).status());
    }

    /** The body of an answer, when it is JSON. */
    static Optional<JsonNode> json(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** An answer that is not in the form that its protocol has. */
    static Reply unreadable(HttpReply.Answered answered) {
        return new Unknown(answered.status() + ", and no answer of its protocol: " + Said.line(answered.body()));
    }

    /** What it said or did not say, in words. */
    default String why() {
        if (this instanceof Unusable unusable) {
            return unusable.reason() + ": " + unusable.words();
        }
        if (this instanceof Conflict no) {
            return no.words();
        }
        return this instanceof Unknown unknown ? unknown.words() : "an answer that was not asked for";
    }

    /** Whether the target knew who asked and gave its word, whatever that was: then the way to it is well. */
    default boolean answered() {
        return this instanceof Data
                || this instanceof Conflict
                || (this instanceof Unusable unusable
                        && (unusable.reason() == Why.RIGHT || unusable.reason() == Why.UNSUPPORTED));
    }

    /** What a look that did not show what it should tells of the way: nothing was left behind, so it is never lost. */
    default <T> CompletionStage<T> lookTrouble() {
        Told.Undelivered told = new Told.Undelivered(why());
        return CompletableFuture.failedFuture(
                answered() ? WayTroubleException.answered(told) : new WayTroubleException(told));
    }

    /** What it means that an act was not answered with data: a no is an answer, all else is trouble of the way. */
    default CompletionStage<Told> actRefused() {
        if (this instanceof Conflict no) {
            return CompletableFuture.completedFuture(new Told.Declined(no.words()));
        }
        return this instanceof Unknown unknown
                ? CompletableFuture.failedFuture(new WayTroubleException(new Told.Lost(unknown.words())))
                : lookTrouble();
    }
}
