package io.ridethrough.ready;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tries every way to every target of a site, side by side, and remembers what came of it last. Changes nothing at any
 * target. Thread-safe.
 */
public final class ReadyToAct {
    /** What is named before it ends. */
    private static final Duration SOON = Duration.ofDays(30);
    /** Longer than any look of a way waits by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    /** Targets count what they refused over minutes: DSM ten in five, fail2ban five in ten. */
    private static final Duration BETWEEN_REFUSALS = Duration.ofMinutes(5);

    private final Function<SiteId, List<Trial>> trials;
    private final Function<SiteId, CompletionStage<List<Expiry>>> expiries;
    private final Consumer<AssetId> forgives;
    private final InstantSource clock;
    private final Duration patience;
    private final Map<SiteId, CompletableFuture<Readiness>> asking = new ConcurrentHashMap<>();
    private final Map<SiteId, Readiness> last = new ConcurrentHashMap<>();
    private final Map<SiteId, Instant> forgiven = new HashMap<>();

    /**
     * @param trials the ways to the targets of a site
     * @param expiries what is known of a site that ends at some time, whenever that is; may fail and never end
     * @param forgives lets a login that a target refused be shown to it once more
     */
    public ReadyToAct(
            Function<SiteId, List<Trial>> trials,
            Function<SiteId, CompletionStage<List<Expiry>>> expiries,
            Consumer<AssetId> forgives,
            InstantSource clock) {
        this(trials, expiries, forgives, clock, PATIENCE);
    }

    /** @param patience how long one trial may take */
    ReadyToAct(
            Function<SiteId, List<Trial>> trials,
            Function<SiteId, CompletionStage<List<Expiry>>> expiries,
            Consumer<AssetId> forgives,
            InstantSource clock,
            Duration patience) {
        this.trials = trials;
        this.expiries = expiries;
        this.forgives = forgives;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * The same for a person, who may have mended at a target what it had refused: its login is shown to it once more, at
     * most every five minutes.
     */
    public CompletionStage<Readiness> byHand(SiteId site) {
        if (mayForgive(site)) {
            trials.apply(site).stream().map(Trial::target).distinct().forEach(forgives);
        }
        return now(site);
    }

    private synchronized boolean mayForgive(SiteId site) {
        Instant at = clock.instant();
        Instant before = forgiven.get(site);
        if (before != null && at.isBefore(before.plus(BETWEEN_REFUSALS))) {
            return false;
        }
        forgiven.put(site, at);
        return true;
    }

    /** Tries it now; who asks while it is being tried is told the same. Never fails, and ends within a minute. */
    public CompletionStage<Readiness> now(SiteId site) {
        CompletableFuture<Readiness> mine = new CompletableFuture<>();
        CompletableFuture<Readiness> running = asking.putIfAbsent(site, mine);
        if (running != null) {
            return running;
        }
        var unused = tried(site).whenComplete((readiness, broken) -> {
            asking.remove(site, mine);
            if (readiness == null) {
                mine.completeExceptionally(broken);
            } else {
                last.put(site, readiness);
                mine.complete(readiness);
            }
        });
        return mine;
    }

    /** What it was when it was last tried by this process. */
    public Optional<Readiness> last(SiteId site) {
        return Optional.ofNullable(last.get(site));
    }

    private CompletableFuture<Readiness> tried(SiteId site) {
        List<CompletableFuture<Tried>> all =
                trials.apply(site).stream().map(this::tried).toList();
        CompletableFuture<List<Expiry>> ends = bounded(expiries.apply(site)).exceptionally(unknown -> List.of());
        List<CompletableFuture<?>> every = new ArrayList<>(all);
        every.add(ends);
        return CompletableFuture.allOf(every.toArray(CompletableFuture[]::new)).thenApply(done -> {
            Instant at = clock.instant();
            return new Readiness(
                    site,
                    at,
                    all.stream()
                            .map(CompletableFuture::join)
                            .sorted(Comparator.comparing(Tried::target).thenComparing(Tried::way))
                            .toList(),
                    ends.join().stream()
                            .filter(end -> end.at().isBefore(at.plus(SOON)))
                            .sorted(Comparator.comparing(Expiry::at))
                            .toList());
        });
    }

    private CompletableFuture<Tried> tried(Trial trial) {
        CompletionStage<Told> asked;
        try {
            asked = trial.ask().get();
        } catch (RuntimeException e) {
            asked = CompletableFuture.failedFuture(e);
        }
        return bounded(asked)
                .handle((told, broken) -> told == null
                        ? new Tried(trial.target(), trial.way(), false, why(broken))
                        : new Tried(trial.target(), trial.way(), isReady(told), words(told)));
    }

    /** On a stage of its own, so that giving up ends nothing of the way's. */
    private <T> CompletableFuture<T> bounded(CompletionStage<T> stage) {
        return stage.thenApply(Function.<T>identity())
                .toCompletableFuture()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean isReady(Told told) {
        return told instanceof Told.Done || told instanceof Told.Seen;
    }

    private static String words(Told told) {
        return told instanceof Told.Seen ? "answers" : told.words();
    }

    private String why(Throwable broken) {
        Throwable cause =
                broken instanceof CompletionException && broken.getCause() != null ? broken.getCause() : broken;
        return cause instanceof TimeoutException
                ? "no answer in " + Math.max(1, patience.toSeconds()) + " s"
                : "broke off: " + cause.getMessage();
    }
}
