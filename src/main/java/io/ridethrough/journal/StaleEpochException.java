package io.ridethrough.journal;

/** Another process holds the journal now. */
public class StaleEpochException extends JournalException {
    private static final long serialVersionUID = 1;

    public StaleEpochException(String message) {
        super(message);
    }
}
