package io.ridethrough.target.https;

import io.ridethrough.contract.AssetId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * One session per target, opened when first needed: who asks at the same time shares one login. Thread-safe.
 *
 * @param <S> what a session of that kind of target is called by
 */
public final class Sessions<S> {
    private final Map<AssetId, CompletableFuture<Opened<S>>> sessions = new ConcurrentHashMap<>();

    /** What came of opening one. */
    public sealed interface Opened<S> {}

    /** It is open. */
    public record Open<S>(S session) implements Opened<S> {}

    /** There is none; nothing was done. */
    public record Closed<S>(Reply why) implements Opened<S> {}

    /** None, for that reason. */
    public static <S> Opened<S> closed(Reply.Why reason, String words) {
        return new Closed<>(new Reply.Unusable(reason, words));
    }

    /** The session that is open or being opened; else one by {@code login}. What fails is not kept. */
    public CompletionStage<Opened<S>> session(AssetId target, Supplier<CompletionStage<Opened<S>>> login) {
        CompletableFuture<Opened<S>> mine = new CompletableFuture<>();
        CompletableFuture<Opened<S>> known = sessions.putIfAbsent(target, mine);
        if (known != null) {
            return known;
        }
        login.get().whenComplete((opened, broken) -> {
            Opened<S> came = broken == null ? opened : closed(Reply.Why.CONNECTION, String.valueOf(broken));
            if (!(came instanceof Open<S>)) {
                sessions.remove(target, mine);
            }
            mine.complete(came);
        });
        return mine;
    }

    /** The target no longer knows it. A newer one stays. */
    public void over(AssetId target, S session) {
        sessions.computeIfPresent(
                target,
                (id, held) -> opened(held).filter(open -> open == session).isPresent() ? null : held);
    }

    /** Takes away the one that is open. */
    public Optional<S> take(AssetId target) {
        CompletableFuture<Opened<S>> held = sessions.remove(target);
        return held == null ? Optional.empty() : opened(held);
    }

    private static <S> Optional<S> opened(CompletableFuture<Opened<S>> held) {
        return held.getNow(closed(Reply.Why.LOGIN, "not yet")) instanceof Open<S> open
                ? Optional.of(open.session())
                : Optional.empty();
    }
}
