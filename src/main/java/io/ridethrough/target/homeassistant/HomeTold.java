package io.ridethrough.target.homeassistant;

import io.ridethrough.target.way.Told;

/** What a look at a Home Assistant showed, whichever way it was asked. */
public sealed interface HomeTold extends Told.Seen {
    /** How far it is. That its API answers says nothing: entities are unavailable until it runs (protocols 4). */
    enum State {
        RUNNING,
        /** It comes up: it will say more soon. */
        STARTING,
        /** It goes down, or the word is not known here. */
        OTHER
    }

    /** Whether it runs; {@code word} is what it calls that. */
    record Running(State state, String word, String version) implements HomeTold {}
}
