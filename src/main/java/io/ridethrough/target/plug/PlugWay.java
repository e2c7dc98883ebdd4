package io.ridethrough.target.plug;

import io.ridethrough.contract.WakeWay.Plug;
import io.ridethrough.target.Patience;
import io.ridethrough.target.mqtt.BrokerAccess;
import io.ridethrough.target.mqtt.BrokerTalk;
import io.ridethrough.target.mqtt.BrokerTalk.Answered;
import io.ridethrough.target.mqtt.BrokerTalk.Message;
import io.ridethrough.target.mqtt.BrokerTalk.Question;
import io.ridethrough.target.mqtt.BrokerTalk.Refused;
import io.ridethrough.target.mqtt.BrokerTalk.Unanswered;
import io.ridethrough.target.mqtt.BrokerTalk.Unsent;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.WayTroubleException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Asks smart plugs over their brokers, one connection a question. A plug is told something only right after it has told
 * its state; a no and a refused login are answers; a plug that does not answer is a {@link WayTroubleException}, whatever
 * its last will says. Thread-safe.
 */
public final class PlugWay {
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final BrokerTalk brokers;
    private final Patience patience;

    /** @param speed how many times faster than the real world the plugs run; 1 in service */
    public PlugWay(BrokerTalk brokers, double speed) {
        this.brokers = brokers;
        this.patience = Patience.at(speed);
    }

    /** Asks it, or switches it. */
    public CompletionStage<Told> ask(Plug plug, PlugAsk ask) {
        CompletionStage<Told> seen = state(plug);
        return ask instanceof PlugAsk.Switch act ? seen.thenCompose(told -> switched(plug, act, told)) : seen;
    }

    /** There is no other way to a plug. */
    public static CompletionStage<Told> none(Plug plug, PlugAsk ask) {
        return CompletableFuture.failedFuture(
                new WayTroubleException(new Told.Undelivered(plug.device() + " has no second way")));
    }

    private CompletionStage<Told> state(Plug plug) {
        Dialect dialect = dialect(plug);
        return said(plug, dialect, dialect.asks(), dialect::isWhole, LOOK).thenCompose(answer -> {
            if (answer instanceof Answered answered) {
                return CompletableFuture.completedFuture(
                        dialect.state(answered.told()).orElseThrow());
            }
            if (answer instanceof Unanswered none) {
                return dialect.state(none.told())
                        .map(CompletableFuture::completedFuture)
                        .orElseGet(() -> unsent(none.why() + presence(dialect, none.kept())));
            }
            return notTaken(dialect, answer);
        });
    }

    private CompletionStage<Told> switched(Plug plug, PlugAsk.Switch act, Told seen) {
        if (!(seen instanceof PlugTold.State state)) {
            return CompletableFuture.completedFuture(seen);
        }
        if (state.on() == act.on()) {
            return CompletableFuture.completedFuture(new Told.Done("it is " + (act.on() ? "on" : "off") + " already"));
        }
        Dialect dialect = dialect(plug);
        Duration limit = act.limit().compareTo(LOOK) > 0 ? LOOK : act.limit();
        return said(
                        plug,
                        dialect,
                        List.of(dialect.switches(act.on())),
                        told -> dialect.switched(told, act.on()).isPresent(),
                        limit)
                .thenCompose(answer -> {
                    if (answer instanceof Answered answered) {
                        return CompletableFuture.completedFuture(
                                dialect.switched(answered.told(), act.on()).orElseThrow());
                    }
                    return answer instanceof Unanswered none
                            ? CompletableFuture.failedFuture(
                                    new WayTroubleException(new Told.Lost(none.why() + presence(dialect, none.kept()))))
                            : notTaken(dialect, answer);
                });
    }

    /** A refused login bars this way alone: what it is for may be done in another. */
    private static CompletionStage<Told> notTaken(Dialect dialect, BrokerTalk.Answer answer) {
        return answer instanceof Unsent none
                ? unsent(none.why() + presence(dialect, none.kept()))
                : CompletableFuture.completedFuture(new Told.Undelivered(((Refused) answer).why()));
    }

    private static CompletableFuture<Told> unsent(String why) {
        return CompletableFuture.failedFuture(new WayTroubleException(new Told.Undelivered(why)));
    }

    private CompletionStage<BrokerTalk.Answer> said(
            Plug plug, Dialect dialect, List<Message> said, Predicate<Map<String, String>> isAnswered, Duration limit) {
        Set<String> topics = new HashSet<>(dialect.answers());
        topics.add(dialect.presence());
        return brokers.ask(
                BrokerAccess.Broker.of(plug), new Question(topics, said, isAnswered, patience.onTheWall(limit)));
    }

    private static Dialect dialect(Plug plug) {
        return Dialect.of(plug, "ridethrough/" + UUID.randomUUID());
    }

    /** Protocols 7: a last will may mean its power, its WiFi or the broker. */
    private static String presence(Dialect dialect, Map<String, String> kept) {
        return Optional.ofNullable(kept.get(dialect.presence()))
                .map(word -> switch (word) {
                    case "Online", "true" -> "; the broker keeps that it is there";
                    case "Offline", "false" ->
                        "; the broker keeps that it is away, which may be its power, its WiFi or the broker itself";
                    default -> "";
                })
                .orElse("");
    }
}
