package io.ridethrough.camel;

import io.ridethrough.target.way.Ask;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import io.ridethrough.target.way.WayTroubleException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;

/**
 * The two ways to the targets of one kind, as their routes call them.
 *
 * @param <T> the declared target
 * @param <A> what it is asked
 */
public final class TwoWays<T, A extends Ask> {
    private final Way.Road<T, A> first;
    private final Way.Road<T, A> second;
    private final String by;

    /** @param by what the second way is called in evidence, for example {@code by SSH; its API} */
    TwoWays(Way.Road<T, A> first, Way.Road<T, A> second, String by) {
        this.first = first;
        this.second = second;
        this.by = by;
    }

    /** By the first way; its trouble fails, so that the breaker counts it. */
    public CompletionStage<Told> first(@Body WayCall<T, A> call) {
        CompletableFuture<Told> told = new CompletableFuture<>();
        first.ask(call.target(), call.ask()).whenComplete((answer, trouble) -> {
            if (trouble == null) {
                told.complete(answer);
            } else {
                told.completeExceptionally(
                        trouble instanceof CompletionException && trouble.getCause() != null
                                ? trouble.getCause()
                                : trouble);
            }
        });
        return told;
    }

    /**
     * By the second way, unless the first may have done already what is asked: then a look must tell, not a second try.
     */
    public CompletionStage<Told> second(@Body WayCall<T, A> call, @ExchangeException Exception trouble) {
        boolean wasNotSent = trouble instanceof BreakerOpenException
                || (trouble instanceof WayTroubleException known && known.told() instanceof Told.Undelivered);
        if (!(call.ask() instanceof Ask.Look) && !wasNotSent) {
            return CompletableFuture.completedFuture(new Told.Lost(String.valueOf(trouble.getMessage())));
        }
        return plain(call).thenApply(told -> bySecond(told, String.valueOf(trouble.getMessage())));
    }

    private Told bySecond(Told told, String why) {
        String how = " (" + by + ": " + why + ")";
        if (told instanceof Told.Done done) {
            return new Told.Done(done.evidence() + how);
        }
        if (told instanceof Told.Undelivered none) {
            return new Told.Undelivered(none.evidence() + how);
        }
        return told;
    }

    /** By the first way alone, behind no breaker. Its trouble is told. */
    CompletionStage<Told> firstAlone(WayCall<T, A> call) {
        return first.ask(call.target(), call.ask()).exceptionally(TwoWays::told);
    }

    /** By the second way alone. Its trouble is told, since there is no third. */
    CompletionStage<Told> plain(WayCall<T, A> call) {
        return second.ask(call.target(), call.ask()).exceptionally(TwoWays::told);
    }

    private static Told told(Throwable trouble) {
        Throwable cause =
                trouble instanceof CompletionException && trouble.getCause() != null ? trouble.getCause() : trouble;
        return cause instanceof WayTroubleException known ? known.told() : new Told.Lost("broke off: " + cause);
    }
}
