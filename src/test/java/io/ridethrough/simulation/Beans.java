package io.ridethrough.simulation;

import io.ridethrough.plan.Intent;
import io.ridethrough.run.Begun;
import io.ridethrough.run.ReadyStep;
import io.ridethrough.run.Resume;
import io.ridethrough.run.Resumed;
import io.ridethrough.run.Ruled;
import io.ridethrough.run.Ruling;
import io.ridethrough.run.Settled;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the routes call by name, passed on to the process that lives at the moment. */
final class Beans {
    private @Nullable Life life;

    void belongTo(Life alive) {
        life = alive;
    }

    Life life() {
        if (life == null) {
            throw new IllegalStateException("no process lives");
        }
        return life;
    }

    Object runs() {
        return new RunsBean();
    }

    Object power() {
        return new PowerBean();
    }

    Object faults() {
        return new FaultsBean();
    }

    /** The methods of {@code Runs} that routes name. */
    public final class RunsBean {
        public CompletionStage<Begun> begin(Intent intent) {
            return life().runs.begin(intent);
        }

        public Ruled rule(Ruling ruling) {
            return life().runs.rule(ruling);
        }

        public List<Resumed> resume(Resume which) {
            return life().resumed(which);
        }

        public List<Resumed> resumeWhatMay() {
            return life().resumed(Resume.atStart());
        }

        public CompletionStage<Settled> act(ReadyStep ready) {
            return life().act(ready);
        }

        public List<ReadyStep> dependents(Settled settled) {
            return life().runs.dependents(settled);
        }
    }

    /** The method of {@code PowerWatch} that routes name. */
    public final class PowerBean {
        public List<Intent> tick() {
            return life().power.tick();
        }
    }

    /** Hears what breaks inside a route. */
    public final class FaultsBean {
        public void report(@org.apache.camel.ExchangeException Exception trouble) {
            life().broke(trouble);
        }
    }
}
