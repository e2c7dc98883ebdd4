package io.ridethrough.target.homeassistant;

import io.ridethrough.target.way.Told;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /**
     * What is not well with integrations, as {@code title (state)}.
     *
     * @param notLoaded those that failed, retry or could not be unloaded; disabled ones are not among them
     * @param reauth domains whose login a person must renew
     */
    record Integrations(List<String> notLoaded, List<String> reauth) implements HomeTold {
        public Integrations {
            notLoaded = List.copyOf(notLoaded);
            reauth = List.copyOf(reauth);
        }

        /** What a person should know; empty when all is well. */
        public String troubles() {
            return (notLoaded.isEmpty() ? "" : "; integrations not loaded: " + String.join(", ", notLoaded))
                    + (reauth.isEmpty() ? "" : "; waiting for a login by a person: " + String.join(", ", reauth));
        }
    }

    /** Installed add-ons: what the supervisor calls the state of each, by slug. */
    record AddOns(Map<String, String> states) implements HomeTold {
        public AddOns {
            states = new TreeMap<>(states);
        }

        /** Whether it runs; one that only runs when it is needed has stopped, and does not. */
        public boolean runs(String slug) {
            return "started".equals(states.get(slug)) || "startup".equals(states.get(slug));
        }
    }
}
