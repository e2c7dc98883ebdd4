package io.ridethrough.run;

import io.ridethrough.plan.Intent;

/** Whether something may happen now, and why. */
sealed interface Gate {
    String why();

    /** It may. */
    record Granted(String why) implements Gate {}

    /** It may not. */
    record Denied(String why) implements Gate {}

    /** The out-of-band guard: the way in stays open, or a person on site accepts that it does not. */
    static Gate outOfBand(Sight seen, Intent intent) {
        if (seen instanceof Sight.Desired) {
            return new Granted(seen.evidence());
        }
        return intent.accepts(Intent.ON_SITE)
                ? new Granted("acknowledged on site, though: " + seen.evidence())
                : new Denied(seen.evidence());
    }
}
