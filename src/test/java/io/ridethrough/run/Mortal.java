package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.OtherJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One process of ours over a world and a journal that outlive it. It joins as the routes do, and dies at a chosen write:
 * from then on it writes nothing, commands nothing and hears nothing.
 */
final class Mortal {
    /** The end of a process; nothing of ours catches it and goes on. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Where a process dies: at its n-th write, with or without that write on disk. */
    record Death(int write, boolean written) {
        static final Death NEVER = new Death(Integer.MAX_VALUE, true);
    }

    private final Journal disk;
    private final Hands world;
    private final Death death;
    private final Map<String, List<ReadyStep>> joins = new HashMap<>();
    private final List<Runnable> late = new ArrayList<>();
    private final boolean lazy;
    private int writes;
    private boolean dead;
    final Standing standing;
    final Runs runs;

    /** @param lazy whether records that nobody waits for reach the disk only with the next one */
    Mortal(Journal disk, Hands world, Time time, Planning planning, Death death, boolean lazy) {
        this(disk, world, time, planning, death, lazy, Supply.always(), Plans::noContracts);
    }

    /** The same with power that says what it likes, and with contracts that may be others than before. */
    Mortal(
            Journal disk,
            Hands world,
            Time time,
            Planning planning,
            Death death,
            boolean lazy,
            Supply supply,
            Supplier<Contracts> contracts) {
        this.lazy = lazy;
        this.disk = disk;
        this.world = world;
        this.death = death;
        Journal journal = new Watched();
        this.standing = new Standing(journal);
        this.runs = new Runs(
                planning, contracts, journal, standing, new Limbs(), supply, new Mine(time), Runnable::run, "test");
    }

    boolean isDead() {
        return dead;
    }

    /** The machine under it is gone. */
    void kill() {
        dead = true;
    }

    /** As the route run-begin. */
    void begin(io.ridethrough.plan.Intent intent) {
        runs.begin(intent).thenAccept(begun -> begun.roots().forEach(this::ready));
    }

    /** As the route run-resume. */
    void resume() {
        resume(Resume.atStart());
    }

    void resume(Resume which) {
        for (Resumed resumed : runs.resume(which)) {
            resumed.settled().forEach(this::settled);
            resumed.roots().forEach(this::ready);
        }
    }

    /** As the route run-rule. */
    Ruled rule(Ruling ruling) {
        Ruled ruled = runs.rule(ruling);
        ruled.ready().forEach(this::ready);
        return ruled;
    }

    private void ready(ReadyStep step) {
        runs.act(step).thenAccept(this::settled);
    }

    private void settled(Settled settled) {
        for (ReadyStep waiting : runs.dependents(settled)) {
            List<ReadyStep> joined = joins.computeIfAbsent(waiting.key(), key -> new ArrayList<>());
            joined.add(waiting);
            if (joined.size() == waiting.needs()) {
                joins.remove(waiting.key());
                ready(waiting);
            }
        }
    }

    private <T> T write(Supplier<T> write) {
        if (dead) {
            throw new Killed();
        }
        boolean last = ++writes == death.write();
        if (last && !death.written()) {
            dead = true;
            throw new Killed();
        }
        T written = write.get();
        if (last) {
            dead = true;
            throw new Killed();
        }
        return written;
    }

    private void flush() {
        late.forEach(Runnable::run);
        late.clear();
    }

    /** What a dead process waits for never comes. */
    private <T> CompletionStage<T> alive(Supplier<CompletionStage<T>> work) {
        if (dead) {
            return new CompletableFuture<>();
        }
        return work.get().thenCompose(result -> {
            return dead ? new CompletableFuture<>() : CompletableFuture.completedFuture(result);
        });
    }

    private final class Limbs implements Hands {
        @Override
        public CompletionStage<Sight> look(io.ridethrough.plan.Step step) {
            return alive(() -> world.look(step));
        }

        @Override
        public CompletionStage<Sight> look(io.ridethrough.plan.Step step, Instant since) {
            return alive(() -> world.look(step, since));
        }

        @Override
        public CompletionStage<Answer> act(io.ridethrough.plan.Step step, Rung rung, Duration limit) {
            return alive(() -> world.act(step, rung, limit));
        }

        @Override
        public CompletionStage<Trace> trace(io.ridethrough.plan.Step step, Rung rung, Instant since) {
            return alive(() -> world.trace(step, rung, since));
        }

        @Override
        public List<Rung> ladder(io.ridethrough.plan.Step step) {
            return world.ladder(step);
        }

        @Override
        public Tail tail() {
            return new Ends(world.tail());
        }
    }

    private final class Ends implements Tail {
        private final Tail tail;

        Ends(Tail tail) {
            this.tail = tail;
        }

        @Override
        public Optional<String> ownBoot() {
            return tail.ownBoot();
        }

        @Override
        public CompletionStage<Optional<String>> boot(io.ridethrough.contract.AssetId machine) {
            return alive(() -> tail.boot(machine));
        }

        @Override
        public CompletionStage<Answer> tell(io.ridethrough.contract.AssetId machine, Duration delay) {
            return alive(() -> tail.tell(machine, delay));
        }

        @Override
        public CompletionStage<Sight> isTold(io.ridethrough.contract.AssetId machine) {
            return alive(() -> tail.isTold(machine));
        }

        @Override
        public CompletionStage<Answer> callBack(io.ridethrough.contract.AssetId machine) {
            return alive(() -> tail.callBack(machine));
        }
    }

    private final class Mine implements Time {
        private final Time time;

        Mine(Time time) {
            this.time = time;
        }

        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public long nanos() {
            return time.nanos();
        }

        @Override
        public CompletionStage<Void> after(Duration delay) {
            return time.after(delay)
                    .thenCompose(passed -> dead ? new CompletableFuture<>() : CompletableFuture.completedFuture(null));
        }
    }

    private final class Watched extends OtherJournal {
        Watched() {
            super(disk);
        }

        @Override
        public Entry append(Optional<String> run, String kind, JsonNode body) {
            return write(() -> {
                flush();
                return disk.append(run, kind, body);
            });
        }

        @Override
        public CompletionStage<Entry> appendAsync(Optional<String> run, String kind, JsonNode body) {
            return CompletableFuture.completedFuture(append(run, kind, body));
        }

        @Override
        public CompletionStage<Entry> appendSoon(Optional<String> run, String kind, JsonNode body) {
            JsonNode taken = body.deepCopy();
            if (lazy) {
                return write(() -> {
                    late.add(() -> disk.append(run, kind, taken));
                    return new CompletableFuture<>();
                });
            }
            return appendAsync(run, kind, body);
        }

        @Override
        public JsonNode appendReceipt(String run, JsonNode receipt) {
            return write(() -> {
                flush();
                return disk.appendReceipt(run, receipt);
            });
        }
    }
}
