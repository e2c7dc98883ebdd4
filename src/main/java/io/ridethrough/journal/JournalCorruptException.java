package io.ridethrough.journal;

import java.util.OptionalLong;

/**
 * What is stored is not what was written. Nothing was changed: keep the file for inspection. Only observation, or a
 * protective shutdown (R34), may go on.
 */
public class JournalCorruptException extends JournalException {
    private static final long serialVersionUID = 1;

    /** 0 when no single record is to blame. */
    private final long firstBad;

    public JournalCorruptException(String message, OptionalLong firstBad, Throwable cause) {
        super(message, cause);
        this.firstBad = firstBad.orElse(0);
    }

    public JournalCorruptException(String message, OptionalLong firstBad) {
        super(message);
        this.firstBad = firstBad.orElse(0);
    }

    /** The sequence number of the first record that does not fit; empty when the file as a whole is damaged. */
    public OptionalLong firstBad() {
        return firstBad == 0 ? OptionalLong.empty() : OptionalLong.of(firstBad);
    }
}
