package io.ridethrough.simulation;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.JournalException;
import io.ridethrough.run.MemoryJournal;
import io.ridethrough.run.Progress;
import io.ridethrough.run.Resume;
import io.ridethrough.run.Standing;
import io.ridethrough.run.VirtualTime;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.Random;

/** Plays one story from its seed to its end. */
final class Simulation {
    /** How long after the last thing from outside every run must have ended (I4). */
    private static final Duration BOUND = Duration.ofHours(8);
    /** How long mains must have been steady before nothing more is awaited of power. */
    private static final Duration RETURN = Duration.ofMinutes(10);

    private static final Duration STEADY = Duration.ofMinutes(25);

    private final Drawn drawn;
    private final VirtualTime time = new VirtualTime();
    private final History history = new History(time);
    private final Machine machine = new Machine(time, history);
    private final Faults faults;
    private final MemoryJournal disk = new MemoryJournal(machine);
    private final World world;
    private final Judge judge;
    private final LastJudgement lastJudgement;
    private final Mains mains;
    private final Setting setting;
    private final Iterator<Life.Death> deaths;
    private final Random random;
    private Optional<Life> life = Optional.empty();
    private boolean mayStart = true;
    private boolean reminded;
    private Duration started = Duration.ZERO;

    private Simulation(Drawn drawn, RunRoutes routes, Mutant mutant) {
        this.drawn = drawn;
        this.faults = new Faults(drawn.faults(), machine, history);
        this.world = new World(drawn, machine, history, faults);
        this.judge = new Judge(drawn, world, disk, history, faults);
        this.lastJudgement = new LastJudgement(drawn, world, disk, history, faults);
        world.judgedBy(judge);
        this.mains = new Mains(
                drawn,
                machine,
                history,
                faults,
                message -> life.ifPresent(alive -> alive.heard(message.ups(), message.said(), message.retained())));
        world.commandedDown(mains::commanded);
        this.setting = new Setting(machine, routes, history, disk, world, judge, mutant);
        this.deaths = drawn.deaths().iterator();
        this.random = new Random(drawn.seed() + 3);
    }

    static Story play(long seed, RunRoutes routes) {
        return play(Draw.from(seed), routes, Mutant.NONE);
    }

    static Story play(Drawn drawn, RunRoutes routes, Mutant mutant) {
        return new Simulation(drawn, routes, mutant).play();
    }

    private Story play() {
        arm();
        mains.begin();
        people();
        ourMachine();
        while (!isOver() && !isTooLong()) {
            if (life.isEmpty() && mayStart) {
                begin();
            }
            time.passUntil(() -> (life.isEmpty() && mayStart)
                    || (life.isPresent() && life.get().isDead())
                    || isOver()
                    || isTooLong());
            life.filter(Life::isDead).ifPresent(dead -> bury());
        }
        lastJudgement.judge(life);
        return new Story(drawn.seed(), Telling.of(drawn), history.lines(), history.hits(), history.broken());
    }

    /** The sites were armed long before. */
    private void arm() {
        Standing standing = new Standing(disk);
        for (SiteId site : drawn.contracts().sites().keySet()) {
            standing.ready(site, Standing.Readiness.ARMED, "a person");
        }
    }

    private void begin() {
        Life.Death death = deaths.hasNext() ? deaths.next() : Life.Death.NEVER;
        mayStart = false;
        Optional<Life> begun = Life.begin(setting, drawn.contracts(), death);
        if (begun.isEmpty()) {
            bury();
            return;
        }
        history.note("the process starts");
        lastJudgement.begins(mains::isOn);
        started = machine.elapsed();
        life = begun;
        begun.get().start();
        machine.at(Duration.ofMillis(300), mains::subscribed);
    }

    private void bury() {
        reminded = false;
        life = Optional.empty();
        history.note("the process has ended");
        machine.at(Duration.ofMillis(1000 + random.nextInt(20_000)), () -> mayStart = true);
    }

    /** The bound is one for what begins after the last trouble, and a death is trouble. */
    private boolean isTooLong() {
        Duration calm = drawn.calmFrom().compareTo(started) > 0 ? drawn.calmFrom() : started;
        return machine.elapsed().compareTo(calm.plus(BOUND)) >= 0;
    }

    /** Whoever starts anew waits for the return anew, whatever the process before had waited. */
    private boolean isOver() {
        if (machine.elapsed().compareTo(started.plus(RETURN)) < 0) {
            return false;
        }
        if (machine.elapsed().compareTo(drawn.calmFrom().plusSeconds(30)) < 0
                || machine.elapsed().compareTo(mains.changed().plus(STEADY)) < 0
                || life.isEmpty()) {
            return false;
        }
        Life alive = life.get();
        if (!reminded && !alive.runs.progress().isEmpty()) {
            reminded = true;
            alive.asked(() -> alive.runs.progress().stream().map(Progress::run).forEach(run -> setting.routes()
                    .resume(new Resume(Optional.of(run), "a person", "it waited for a person"))));
        }
        return alive.runs.progress().isEmpty()
                && disk.receipts().size() == disk.ofKinds("run-begun").size();
    }

    private void people() {
        drawn.plot()
                .asked()
                .forEach(asked ->
                        machine.at(asked.at(), () -> life.ifPresent(alive -> alive.begin(asked.intent(), "a person"))));
        drawn.plot().holds().forEach(held -> {
            machine.at(held.from(), () -> ask(alive -> hold(alive, held.asset())));
            machine.at(held.until(), () -> ask(alive -> release(alive, held.asset())));
        });
        drawn.plot()
                .stops()
                .forEach(at -> machine.at(
                        at,
                        () -> ask(alive -> alive.runs.progress().forEach(run -> {
                            history.note("a person stops " + run.run());
                            alive.runs.stop(run.run(), "a person stopped it");
                        }))));
    }

    private void ask(java.util.function.Consumer<Life> what) {
        life.ifPresent(alive -> alive.asked(() -> what.accept(alive)));
    }

    private void hold(Life alive, AssetId asset) {
        try {
            alive.standing.hold(asset, "a person", "hands inside");
            judge.held(asset);
            history.note("a person holds " + asset);
        } catch (JournalException e) {
            history.note("a person cannot hold " + asset + ": " + e.getMessage());
        }
    }

    private void release(Life alive, AssetId asset) {
        try {
            judge.released(asset);
            alive.standing.release(asset, "a person");
            history.note("a person releases " + asset);
        } catch (JournalException e) {
            history.note("a person cannot release " + asset + ": " + e.getMessage());
        }
    }

    /** The faults of our own process, disk and clock. */
    private void ourMachine() {
        for (Fault fault : drawn.faults()) {
            machine.at(fault.from(), () -> strike(fault));
        }
    }

    private void strike(Fault fault) {
        switch (fault.kind()) {
            case STOPPED_60_S -> {
                life.ifPresent(alive -> alive.standStill(Duration.ofSeconds(60)));
                history.hit(fault.kind(), "");
            }
            case OUT_OF_MEMORY -> life.ifPresent(alive -> alive.die(fault.kind()));
            case NO_SPACE, READ_ONLY -> fill(fault, fault.until().minus(fault.from()));
            case IO_ERROR -> fill(fault, Duration.ofMillis(20 + 10L * fault.number()));
            case CLOCK_TWO_DAYS_ON -> set(fault, Duration.ofDays(2));
            case CLOCK_ONE_HOUR_BACK -> set(fault, Duration.ofHours(-1));
            case CLOCK_DRIFTS -> {
                machine.drift(0.02);
                history.hit(fault.kind(), "");
            }
            case DEAD_RTC -> {
                life.ifPresent(alive -> alive.die(fault.kind()));
                machine.set(Duration.ofDays(-26 * 365L));
            }
            case RETAINED_STALE -> mains.subscribed();
            default -> {
                // these strike where the world is touched
            }
        }
    }

    private void fill(Fault fault, Duration lasts) {
        history.hit(fault.kind(), "for " + lasts);
        disk.full(true);
        machine.at(lasts, () -> disk.full(false));
    }

    private void set(Fault fault, Duration by) {
        machine.set(by);
        history.hit(fault.kind(), "");
    }
}
