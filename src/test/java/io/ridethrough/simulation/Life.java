package io.ridethrough.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.camel.PowerSays;
import io.ridethrough.camel.PowerWatch;
import io.ridethrough.camel.SupplyGate;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Planner;
import io.ridethrough.plan.Step;
import io.ridethrough.power.Parsed;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Begun;
import io.ridethrough.run.Hands;
import io.ridethrough.run.ReadyStep;
import io.ridethrough.run.Resume;
import io.ridethrough.run.Resumed;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Runs;
import io.ridethrough.run.Settled;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Standing;
import io.ridethrough.run.Time;
import io.ridethrough.run.Trace;
import io.ridethrough.run.WindowHalves;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One process of ours. Everything that reaches it comes through one door, which is shut while it stands still and for
 * ever once it is dead: a dead process writes nothing, commands nothing and hears nothing.
 */
final class Life {
    /** The end of a process; nothing of ours catches it and goes on. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /** Where a process dies: at its n-th write, with or without that write on disk. */
    record Death(int write, boolean written, FaultKind kind) {
        static final Death NEVER = new Death(Integer.MAX_VALUE, true, FaultKind.KILLED);
    }

    private static final Duration TICK = Duration.ofSeconds(2);

    final Standing standing;
    final PowerWatch power;
    final Runs runs;
    private final Machine machine;
    private final RunRoutes routes;
    private final History history;
    private final Mutant mutant;
    private final Judge judge;
    private final Death death;
    private int writes;
    private boolean dead;
    private long stillUntil;

    private Life(Setting setting, Contracts contracts, Death death) {
        this.machine = setting.machine();
        this.routes = setting.routes();
        this.history = setting.history();
        this.mutant = setting.mutant();
        this.judge = setting.judge();
        this.death = death;
        routes.belongTo(this);
        Journal journal = mutant.journal(new Written(setting.disk(), this));
        Hands hands = mutant.hands(new Limbs(setting.world()));
        Time time = new Clock();
        this.standing = new Standing(journal);
        this.power = new PowerWatch(() -> contracts, journal, standing, time);
        this.runs = new Runs(
                mutant.planning(new WindowHalves(new SupplyGate(Planner::plan, power), journal)),
                () -> contracts,
                journal,
                standing,
                hands,
                power::notSafe,
                time,
                Runnable::run,
                "simulated");
        runs.whenDenied(power::denied);
        power.steers(runs::callOff, runs::lasts);
    }

    /** Starts one; empty when it dies before it has started. */
    static Optional<Life> begin(Setting setting, Contracts contracts, Death death) {
        try {
            return Optional.of(new Life(setting, contracts, death));
        } catch (Killed killed) {
            return Optional.empty();
        }
    }

    boolean isDead() {
        return dead;
    }

    /** It goes on with what is open, and power is followed from then on. */
    void start() {
        run(() -> routes.resume(Resume.atStart()));
        tick();
    }

    private void tick() {
        in(TICK, () -> {
            routes.tick();
            tick();
        });
    }

    List<Resumed> resumed(Resume which) {
        return mutant.resumed(runs.resume(which));
    }

    CompletionStage<Settled> act(ReadyStep ready) {
        return runs.act(ready).thenApply(settled -> {
            judge.settled(settled);
            return settled;
        });
    }

    /** Hears what a UPS says. */
    void heard(AssetId ups, Parsed said, boolean retained) {
        run(() -> PowerSays.heard(power, ups, said, retained).forEach(intent -> begin(intent, "power")));
    }

    /** Somebody asks for a run; the answer is written into the history. */
    void begin(Intent intent, String who) {
        run(() -> routes.begin(mutant.intent(intent)).thenAccept(begun -> {
            if (begun instanceof Begun.Denied denied) {
                history.note(who + " is denied: " + denied.reason());
            } else if (begun instanceof Begun.Running running) {
                if (!intent.execute()) {
                    judge.dry(running.run());
                }
                history.note(who + " begins " + running.run() + " " + intent.phases());
            } else {
                history.note(who + " is shown a plan");
            }
        }));
    }

    /** A person does something to the process. */
    void asked(Runnable what) {
        run(what);
    }

    void die(FaultKind kind) {
        if (!dead) {
            dead = true;
            history.hit(kind, "after " + writes + " writes");
        }
    }

    /** It stands still: what reaches it meanwhile waits. */
    void standStill(Duration time) {
        stillUntil = machine.nanos() + time.toNanos();
    }

    void broke(Throwable trouble) {
        if (!dead) {
            history.broken("I0", "a route broke: " + trouble);
        }
    }

    /** An outcome was written down. */
    void settled(JsonNode body) {
        judge.settled(body);
    }

    <T> T write(Supplier<T> write) {
        if (dead) {
            throw new Killed();
        }
        boolean last = ++writes == death.write();
        if (last && !death.written()) {
            die(death.kind());
            throw new Killed();
        }
        T written;
        try {
            written = write.get();
        } catch (JournalException e) {
            judge.diskIsInTrouble();
            throw e;
        }
        if (last) {
            die(death.kind());
            throw new Killed();
        }
        return written;
    }

    /** Work of its own, a moment later. */
    void soon(Runnable work) {
        in(Duration.ofMillis(1), work);
    }

    void in(Duration delay, Runnable work) {
        machine.at(delay, () -> run(work));
    }

    private void run(Runnable work) {
        if (dead) {
            return;
        }
        if (machine.nanos() < stillUntil) {
            machine.at(Duration.ofNanos(stillUntil - machine.nanos()), () -> run(work));
            return;
        }
        try {
            work.run();
        } catch (Killed killed) {
            if (!dead) {
                throw killed;
            }
        }
    }

    private <T> CompletionStage<T> inside(Supplier<CompletionStage<T>> outside) {
        CompletableFuture<T> told = new CompletableFuture<>();
        if (!dead) {
            outside.get()
                    .whenComplete((value, trouble) -> run(() -> {
                        if (trouble == null) {
                            told.complete(value);
                        } else {
                            told.completeExceptionally(trouble);
                        }
                    }));
        }
        return told;
    }

    private final class Clock implements Time {
        @Override
        public Instant now() {
            return machine.now();
        }

        @Override
        public long nanos() {
            return machine.nanos();
        }

        @Override
        public CompletionStage<Void> after(Duration delay) {
            return inside(() -> machine.after(delay));
        }
    }

    private final class Limbs implements Hands {
        private final Hands world;

        Limbs(Hands world) {
            this.world = world;
        }

        @Override
        public CompletionStage<Sight> look(Step step) {
            return inside(() -> world.look(step));
        }

        @Override
        public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
            return inside(() -> world.act(step, rung, limit));
        }

        @Override
        public CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
            return inside(() -> world.trace(step, rung, since));
        }

        @Override
        public List<Rung> ladder(Step step) {
            return world.ladder(step);
        }
    }
}
