package io.ridethrough.run;

import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A whole world of assets that are up or down, keep their own log, and misbehave on demand. */
public final class FakeWorld implements Hands {
    /** What happened at an asset, as the asset saw it. */
    public record Event(String asset, String what) {}

    private final Map<String, Optional<String>> unwell = new ConcurrentHashMap<>();
    private final Time time;
    private final Map<String, Boolean> up = new ConcurrentHashMap<>();
    private final List<Event> log = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> hung = new HashSet<>();
    private final Set<String> swallowed = new HashSet<>();
    private final Map<String, Long> working = new HashMap<>();
    private final Map<String, Trace> traces = new HashMap<>();
    private final Set<String> forbidForce = new HashSet<>();
    private final Map<String, Sight> answers = new HashMap<>();
    private final Set<String> liars = new HashSet<>();
    private final Map<String, CompletableFuture<Void>> held = new ConcurrentHashMap<>();
    /** When each command came last. */
    private final Map<Event, Instant> sentAt = new ConcurrentHashMap<>();

    private final Map<String, Integer> boots = new ConcurrentHashMap<>();
    private final Set<String> updated = ConcurrentHashMap.newKeySet();
    private final Duration pace;
    private boolean records = true;
    private final AtomicLong firstCommandAt = new AtomicLong();

    /** @param pace how long every act takes */
    public FakeWorld(Time time, Duration pace) {
        this.time = time;
        this.pace = pace;
    }

    public void up(String asset, boolean is) {
        up.put(asset, is);
    }

    /** The asset ignores a graceful shutdown. */
    public void hang(String asset) {
        hung.add(asset);
    }

    /** The next act on the asset is lost on its way there. */
    public void swallow(String asset) {
        swallowed.add(asset);
    }

    /** Something else works on the asset until that moment, or until it is aborted. */
    public void backUp(String asset, Duration takes) {
        working.put(asset, time.nanos() + takes.toNanos());
    }

    @Override
    public CompletionStage<Busy> busy(Step step) {
        boolean works = working.getOrDefault(name(step), Long.MIN_VALUE) > time.nanos();
        return CompletableFuture.completedFuture(works ? new Busy.Taken("vzdump runs") : new Busy.Free("nothing"));
    }

    @Override
    public CompletionStage<Answer> interrupt(Step step, Duration limit) {
        log.add(new Event(name(step), "abort"));
        working.remove(name(step));
        return CompletableFuture.completedFuture(new Answer.Accepted("aborted"));
    }

    /** Whoever asks what became of a command to the asset is told this. */
    public void traces(String asset, Trace trace) {
        traces.put(asset, trace);
    }

    /** The asset obeys again. */
    public void heal(String asset) {
        hung.remove(asset);
    }

    public void neverForce(String asset) {
        forbidForce.add(asset);
    }

    /** Every look at this step's asset tells this. */
    public void sees(String asset, Sight sight) {
        answers.put(asset, sight);
    }

    /** This probe is answered badly, from the beginning or once that node was rebooted. */
    public void unwell(String probe, Optional<String> onceRebooted) {
        unwell.put(probe, onceRebooted);
    }

    private boolean isUnwell(Step step) {
        return step.probe()
                .map(probe -> unwell.get(probe.id()))
                .filter(node -> node.isEmpty() || boots.getOrDefault(node.get(), 1) > 1)
                .isPresent();
    }

    /** The next look at the asset tells the opposite of how it is. */
    public void liesOnce(String asset) {
        liars.add(asset);
    }

    /** The act on this asset does not end before {@link #open} is called. */
    public void gate(String asset) {
        held.put(asset, new CompletableFuture<>());
    }

    public void open(String asset) {
        held.getOrDefault(asset, new CompletableFuture<>()).complete(null);
    }

    public List<Event> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    public List<String> commands() {
        return log().stream()
                .filter(event -> !event.what().startsWith("is "))
                .map(event -> event.what() + " " + event.asset())
                .toList();
    }

    /** {@link System#nanoTime} when the first command came; 0 before. */
    public long firstCommandAt() {
        return firstCommandAt.get();
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        String asset = name(step);
        Sight fixed = answers.get(asset);
        if (fixed != null) {
            return CompletableFuture.completedFuture(fixed);
        }
        if (isUnwell(step)) {
            return CompletableFuture.completedFuture(new Sight.Other("answers badly"));
        }
        if (step.verb() == Verb.REBOOT) {
            return CompletableFuture.completedFuture(new Sight.Other("boot id " + boots.getOrDefault(asset, 1)));
        }
        if (step.verb() == Verb.BETWEEN) {
            return CompletableFuture.completedFuture(
                    updated.contains(asset)
                            ? new Sight.Desired("nothing is left to do")
                            : new Sight.Other("19 updates"));
        }
        boolean wantsUp = step.phase() != Phase.SHUTDOWN;
        boolean isUp = up.getOrDefault(asset, true) != liars.remove(asset);
        return CompletableFuture.completedFuture(
                wantsUp == isUp
                        ? new Sight.Desired(isUp ? "up" : "down")
                        : new Sight.Other(isUp ? "still up" : "still down"));
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        String asset = name(step);
        firstCommandAt.compareAndSet(0, System.nanoTime());
        String verb = rung.force() == Rung.Force.FORCED ? "force" : step.verb().name();
        if (swallowed.remove(asset)) {
            return time.after(pace).thenApply(passed -> new Answer.Lost("connection reset"));
        }
        log.add(new Event(asset, verb));
        sentAt.put(new Event(asset, verb), time.now());
        CompletionStage<Void> free = held.getOrDefault(asset, CompletableFuture.completedFuture(null));
        return free.thenCompose(opened -> time.after(pace)).thenApply(passed -> {
            if (hung.contains(asset) && step.phase() == Phase.SHUTDOWN && rung.force() == Rung.Force.GRACEFUL) {
                return new Answer.Lost("no answer in time");
            }
            if (step.verb() == Verb.REBOOT || step.verb() == Verb.BETWEEN) {
                return worked(step, asset);
            }
            up.put(asset, step.phase() != Phase.SHUTDOWN);
            log.add(new Event(asset, up.get(asset) ? "is up" : "is down"));
            return new Answer.Accepted("ok");
        });
    }

    private Answer worked(Step step, String asset) {
        if (hung.contains(asset)) {
            return new Answer.Declined("exit 100: held broken packages");
        }
        if (step.verb() == Verb.REBOOT) {
            boots.merge(asset, 2, (before, first) -> before + 1);
        } else {
            updated.add(asset);
        }
        return new Answer.Accepted("ok");
    }

    /** The world keeps a record of every command and shows it, as Proxmox does. */
    public void keepsRecords(boolean does) {
        records = does;
    }

    @Override
    public CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
        String verb = rung.force() == Rung.Force.FORCED ? "force" : step.verb().name();
        Trace fixed = traces.get(name(step));
        if (fixed != null) {
            return CompletableFuture.completedFuture(fixed);
        }
        Instant sent = sentAt.get(new Event(name(step), verb));
        boolean arrived = sent != null && !sent.isBefore(since);
        Trace trace = arrived ? new Trace.Arrived("in the log") : new Trace.NeverArrived("not in the log");
        return CompletableFuture.completedFuture(records ? trace : new Trace.Untold("no log"));
    }

    @Override
    public List<Rung> ladder(Step step) {
        if (Set.of(Verb.CHECK, Verb.GUARD, Verb.PROBE, Verb.PHASE_END).contains(step.verb())) {
            return List.of();
        }
        Rung graceful = new Rung(Rung.Force.GRACEFUL, Duration.ofMillis(300));
        Rung forced = new Rung(Rung.Force.FORCED, Duration.ofMillis(300));
        boolean mayForce = step.verb() == Verb.SHUT_DOWN && !forbidForce.contains(name(step));
        return mayForce ? List.of(graceful, forced) : List.of(graceful);
    }

    private static String name(Step step) {
        return step.asset().map(Object::toString).orElse("");
    }
}
