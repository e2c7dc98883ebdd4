package io.ridethrough.run;

import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Trigger;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/** Which of two runs at one site yields (R32). */
final class Precedence {
    private Precedence() {}

    /**
     * Power calls for something else while its shutdown settles: a startup, or a shutdown anew after that one was called
     * off, or a further part to shed. It plans from where the shutdown ends.
     */
    static boolean waitsFor(OpenRun other, Intent intent) {
        return intent.trigger() == Trigger.POWER
                && other.protects()
                && (other.stopped().isPresent()
                        || !intent.phases().contains(Phase.SHUTDOWN)
                        || (sheds(other.plan.intent()) && sheds(intent)));
    }

    /** A shutdown by power of a part, while the rest stays up. */
    private static boolean sheds(Intent intent) {
        return intent.trigger() == Trigger.POWER
                && intent.phases().contains(Phase.SHUTDOWN)
                && intent.scope().sites().isEmpty();
    }

    /** What was shed was a part of what power takes down now. */
    static boolean takesAll(OpenRun other, Intent intent) {
        return sheds(other.plan.intent())
                && intent.trigger() == Trigger.POWER
                && intent.phases().contains(Phase.SHUTDOWN)
                && !intent.scope().sites().isEmpty();
    }

    /**
     * Why the new one may not begin beside the other; empty when it stops the other instead, which one that only sheds
     * never does.
     */
    static Optional<String> refusalBy(OpenRun other, Intent intent) {
        Intent running = other.plan.intent();
        boolean turnsRound = intent.trigger() == Trigger.POWER
                && running.trigger() == Trigger.POWER
                && !Collections.disjoint(running.phases(), Set.of(Phase.STARTUP, Phase.RECOVERY, Phase.VERIFY))
                && intent.phases().contains(Phase.SHUTDOWN);
        boolean outranks = intent.trigger().preempts(running.trigger()) || turnsRound;
        if ((outranks && !sheds(intent)) || takesAll(other, intent)) {
            return Optional.empty();
        }
        return Optional.of("run " + other.id + " holds " + running.scope() + " (" + running.reason() + ")");
    }
}
