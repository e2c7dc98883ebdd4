package io.ridethrough.target.off;

import io.ridethrough.target.Pace;
import io.ridethrough.target.tcp.Knock;
import io.ridethrough.target.tcp.Knock.Heard;
import io.ridethrough.target.tcp.Knock.Sign;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches a host whose power-off was accepted until it is proven off, or not (R20). Three signs together are proof: our
 * power-off was accepted, the kept session was closed by the peer, and connects to every declared port are refused or
 * unanswered for the declared quiet time. What another path shows, its plug or its management controller, is one more
 * where it can be asked: off stands in for the closed session, and not off keeps it from being proven. Silence alone,
 * however long, is only inferred, and not even that while another path says in words that it is on.
 * Thread-safe, holds no thread.
 */
public final class PowerProof {
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);
    private static final Duration WHILE_IN_SESSION = Duration.ofSeconds(1);
    private static final Duration LONGEST_KNOCK = Duration.ofSeconds(1);
    /** A plug or a controller is asked over a connection of its own each time. */
    private static final Duration BETWEEN_ASKING = Duration.ofSeconds(1);
    /** What another path said counts for so long, while it does not answer again. */
    private static final Duration HOLDS = Duration.ofSeconds(5);

    private final Knock knock;
    private final Pace time;

    public PowerProof(Knock knock, Pace time) {
        this.knock = knock;
        this.time = time;
    }

    /**
     * What is watched.
     *
     * @param ports on which the host must fall silent
     * @param quiet for how long, without a break
     * @param allowed how long after the acceptance silence alone is believed, as inferred
     * @param closedByPeer whether the peer has closed the session that carried the power-off
     * @param others what each other path shows of it now; empty where it does not tell: that changes nothing, and is
     *     never waited for
     */
    public record Subject(
            String host,
            List<Integer> ports,
            Duration quiet,
            Duration allowed,
            BooleanSupplier closedByPeer,
            List<Supplier<CompletionStage<Optional<Shown>>>> others) {
        public Subject {
            ports = List.copyOf(ports);
            others = List.copyOf(others);
            if (ports.isEmpty()) {
                throw new IllegalArgumentException("a proof of off needs a port");
            }
        }

        /** Of a host that no other path shows. */
        public Subject(
                String host, List<Integer> ports, Duration quiet, Duration allowed, BooleanSupplier closedByPeer) {
            this(host, ports, quiet, allowed, closedByPeer, List.of());
        }
    }

    /**
     * What another path than the network shows of a host's power.
     *
     * @param off whether that is how a host shows that is off
     * @param inWords whether it says so, rather than that it is judged by what is drawn
     */
    public record Shown(boolean off, boolean inWords, String evidence) {
        private boolean isSaidOn() {
            return inWords && !off;
        }
    }

    /** How a watch ended. */
    public sealed interface Verdict {
        String evidence();

        /** All signs agree. */
        record Off(String evidence) implements Verdict {}

        /** It is silent, and nothing but that is known. */
        record Inferred(String evidence) implements Verdict {}

        /** It is not off: something still answers, or we cannot ask. */
        record NotOff(String evidence) implements Verdict {}
    }

    /** Begins the watch, right after the acceptance. Completes about {@code quiet} after the host is gone. */
    public CompletionStage<Verdict> watch(Subject subject) {
        Watch watch = new Watch(subject);
        watch.round();
        return watch.verdict;
    }

    private final class Watch {
        private final Subject subject;
        private final long began = time.nanos();
        private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        private final Duration pause;
        private final List<Other> others;
        private Optional<Long> closedAt = Optional.empty();
        private Optional<Long> silentSince = Optional.empty();
        private long knockedAt;
        private String last = "not asked yet";

        Watch(Subject subject) {
            this.subject = subject;
            this.others =
                    subject.others().stream().map(path -> new Other(path, time)).toList();
            Duration eighth = subject.quiet().dividedBy(8);
            Duration atMost = eighth.compareTo(LONGEST_PAUSE) < 0 ? eighth : LONGEST_PAUSE;
            this.pause = atMost.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : atMost;
            this.knockedAt = began;
        }

        /** While the session stands the host is surely on: connects then are few, they cost the host a login each. */
        void round() {
            long now = time.nanos();
            if (closedAt.isEmpty() && subject.closedByPeer().getAsBoolean()) {
                closedAt = Optional.of(now);
            }
            boolean due =
                    closedAt.isPresent() || silentSince.isPresent() || now - knockedAt >= WHILE_IN_SESSION.toNanos();
            if (!due) {
                later();
                return;
            }
            knockedAt = now;
            List<CompletableFuture<Heard>> asked = subject.ports().stream()
                    .map(port ->
                            knock.knock(subject.host(), port, LONGEST_KNOCK).toCompletableFuture())
                    .toList();
            CompletionStage<Void> all = CompletableFuture.allOf(asked.toArray(new CompletableFuture<?>[0]));
            all.thenRun(() -> heard(
                            now, asked.stream().map(CompletableFuture::join).toList()))
                    .exceptionally(this::broken);
        }

        private void heard(long asked, List<Heard> heard) {
            last = said(heard);
            boolean silent = heard.stream().allMatch(h -> h.sign() == Sign.REFUSED || h.sign() == Sign.UNANSWERED);
            silentSince = silent ? Optional.of(silentSince.orElse(asked)) : Optional.empty();
            long now = time.nanos();
            others.forEach(silent ? other -> other.ask(now) : Other::forget);
            List<Shown> told =
                    others.stream().flatMap(other -> other.told(now).stream()).toList();
            boolean isShownOn = told.stream().anyMatch(one -> !one.off());
            boolean isShownOff = !told.isEmpty() && !isShownOn;
            String shown = told.stream().map(one -> ", " + one.evidence()).collect(Collectors.joining());
            boolean quiet = silentSince.isPresent()
                    && now - silentSince.get() >= subject.quiet().toNanos();
            boolean over = now - began >= subject.allowed().toNanos();
            if (quiet && !isShownOn && (closedAt.isPresent() || isShownOff)) {
                String closed = closedAt.map(at -> ", session closed by the peer after " + seconds(at))
                        .orElse("");
                verdict.complete(new Verdict.Off(
                        "off: power-off accepted" + closed + ", " + last + " for " + words(subject.quiet()) + shown));
            } else if (quiet && over && told.stream().anyMatch(Shown::isSaidOn)) {
                verdict.complete(
                        new Verdict.NotOff("not off " + seconds(now) + " after its power-off: " + last + shown));
            } else if (quiet && over) {
                verdict.complete(new Verdict.Inferred("off (inferred): power-off accepted, " + last
                        + (isShownOn ? shown : ", nothing else is known")));
            } else if (over && !silent) {
                verdict.complete(new Verdict.NotOff("not off " + seconds(now) + " after its power-off: " + last));
            } else {
                later();
            }
        }

        /** Pauses, but not beyond the moment in which the quiet time is over. */
        private void later() {
            Duration next = silentSince
                    .map(since -> Duration.ofNanos(since + subject.quiet().toNanos() - time.nanos()))
                    .filter(left -> !left.isNegative() && !left.isZero() && left.compareTo(pause) < 0)
                    .orElse(pause);
            time.after(next).thenRun(this::round).exceptionally(this::broken);
        }

        private @Nullable Void broken(Throwable trouble) {
            verdict.complete(new Verdict.NotOff("the watch broke off: " + trouble));
            return null;
        }

        private String said(List<Heard> heard) {
            return java.util.stream.IntStream.range(0, heard.size())
                    .mapToObj(i -> "port " + subject.ports().get(i) + " "
                            + heard.get(i).why())
                    .collect(Collectors.joining(", "));
        }

        private String seconds(long at) {
            return words(Duration.ofNanos(at - began));
        }
    }

    /** Another path, asked beside the knocking and the others, so that one that does not answer holds nothing up. */
    private static final class Other {
        private final Supplier<CompletionStage<Optional<Shown>>> path;
        private final Pace time;
        private Optional<Long> askedAt = Optional.empty();
        private volatile boolean answers = true;
        private volatile Optional<Word> last = Optional.empty();

        private record Word(Shown shown, long at) {}

        Other(Supplier<CompletionStage<Optional<Shown>>> path, Pace time) {
            this.path = path;
            this.time = time;
        }

        /** What it shows; what a path said that does not answer any more is no word of now. */
        Optional<Shown> told(long now) {
            return last.filter(heard -> now - heard.at() <= HOLDS.toNanos()).map(Word::shown);
        }

        void ask(long now) {
            boolean due = askedAt.isEmpty() || now - askedAt.get() >= BETWEEN_ASKING.toNanos();
            if (!due || !answers) {
                return;
            }
            askedAt = Optional.of(now);
            answers = false;
            var unused = path.get().whenComplete((shown, trouble) -> {
                last = trouble == null ? shown.map(one -> new Word(one, time.nanos())) : Optional.empty();
                answers = true;
            });
        }

        /** What it showed before is no sign any more. */
        void forget() {
            last = Optional.empty();
        }
    }

    private static String words(Duration time) {
        return String.format(java.util.Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
