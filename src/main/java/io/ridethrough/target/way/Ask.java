package io.ridethrough.target.way;

import java.time.Duration;

/** What is asked of a target, whichever way it goes; what is no look counts as an act. Each kind of target has its own. */
public interface Ask {
    /** What changes nothing: it may be asked again, and by another way. */
    interface Look extends Ask {}

    /** What changes something: once it may have been sent, no way sends it again. */
    interface Act extends Ask {
        /** How long its end is waited for. */
        Duration limit();
    }
}
