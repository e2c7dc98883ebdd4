package io.ridethrough.power;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The tokens of NUT's {@code ups.status}; a set, its order means nothing, unknown ones are kept (protocols 6).
 *
 * @param tokens in upper case
 */
public record StatusSet(SortedSet<String> tokens) {
    public StatusSet {
        tokens = Collections.unmodifiableSortedSet(new TreeSet<>(tokens));
    }

    /** Reads tokens separated by white space. */
    public static StatusSet of(String text) {
        TreeSet<String> tokens = new TreeSet<>();
        for (String token : text.strip().split("\\s+", -1)) {
            if (!token.isEmpty()) {
                tokens.add(token);
            }
        }
        return new StatusSet(tokens);
    }

    /** Whether the token is among them. */
    public boolean has(String token) {
        return tokens.contains(token);
    }

    /** What the tokens say about the mains. */
    public Meaning meaning() {
        if (has("OL") == has("OB") || has("WAIT") || has("OFF") || has("BYPASS")) {
            return Meaning.UNCLEAR;
        }
        if (has("OL")) {
            return has("FSD") ? Meaning.FORCED_ON_MAINS : has("LB") ? Meaning.LOW_ON_MAINS : Meaning.ON_MAINS;
        }
        if (has("FSD")) {
            return Meaning.FORCED_ON_BATTERY;
        }
        if (has("CAL")) {
            return has("LB") ? Meaning.ON_BATTERY : Meaning.UNCLEAR;
        }
        return has("LB") ? Meaning.LOW_ON_BATTERY : Meaning.ON_BATTERY;
    }

    @Override
    public String toString() {
        return tokens.isEmpty() ? "(empty)" : String.join(" ", tokens);
    }

    /** Every status set has exactly one. */
    public enum Meaning {
        /** OL, nothing against it. */
        ON_MAINS,
        /** OL LB: usual after an outage; too early for a startup, never a reason for a shutdown. */
        LOW_ON_MAINS,
        /** OL FSD: upsd's latch after an outage; never a trigger (R2). */
        FORCED_ON_MAINS,
        /** OB. Also OB CAL LB: a calibration that empties the battery cannot be told from an outage here. */
        ON_BATTERY,
        /** OB LB. */
        LOW_ON_BATTERY,
        /** OB FSD. */
        FORCED_ON_BATTERY,
        /** Empty, WAIT, both or none of OL and OB, a test (CAL), an unprotected load (BYPASS, OFF). */
        UNCLEAR
    }
}
