package io.ridethrough.camel.look;

import io.ridethrough.standard.Looks.Look;
import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.way.Told;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What all looks have in common: what was told is seen, and anything else is not. */
final class Seeing {
    private Seeing() {}

    static CompletionStage<Look> seen(Map<String, Object> values) {
        return CompletableFuture.completedStage(new Look.Seen(values));
    }

    static CompletionStage<Look> unseen(String why) {
        return CompletableFuture.completedStage(new Look.Unseen(why));
    }

    /** The lines of a command that went well; nothing is told by one that did not. */
    static Look lines(CommandResult result, Function<List<String>, Map<String, Object>> values) {
        return result instanceof CommandResult.Exited exited && exited.code() == 0
                ? new Look.Seen(values.apply(
                        exited.out().lines().filter(line -> !line.isBlank()).toList()))
                : new Look.Unseen(Said.by(result));
    }

    static <T extends Told> Look as(Told told, Class<T> type, Function<T, Map<String, Object>> values) {
        return type.isInstance(told) ? new Look.Seen(values.apply(type.cast(told))) : new Look.Unseen(told.words());
    }

    /** All of them, in their order, once the last has come. */
    static <T> CompletionStage<List<T>> all(List<CompletionStage<T>> asked) {
        List<CompletableFuture<T>> futures =
                asked.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
    }
}
