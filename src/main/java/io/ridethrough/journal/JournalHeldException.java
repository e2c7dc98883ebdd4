package io.ridethrough.journal;

/** Another process holds the journal; nothing was changed. */
public final class JournalHeldException extends JournalException {
    private static final long serialVersionUID = 1;

    private final String holder;

    JournalHeldException(String where, String holder) {
        super("the journal in " + where + " is held by process " + holder
                + ": ask it over HTTP, or stop it first. Nothing was changed.");
        this.holder = holder;
    }

    /** The process that holds it, by its id where that is known. */
    public String holder() {
        return holder;
    }
}
