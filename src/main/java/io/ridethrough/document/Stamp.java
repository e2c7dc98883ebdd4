package io.ridethrough.document;

import java.time.LocalDate;

/**
 * What tells whether a printed page is still true.
 *
 * @param digest of the contracts it was rendered from
 * @param made the day on which these contracts were first rendered
 */
public record Stamp(String digest, LocalDate made) {
    private static final int SHOWN = 12;

    /** One line for the head of every page. */
    String line() {
        return "Rendered on " + made + " from contracts " + digest.substring(0, Math.min(SHOWN, digest.length()))
                + ". Change the contracts, never this page.";
    }
}
