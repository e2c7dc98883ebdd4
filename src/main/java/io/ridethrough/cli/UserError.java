package io.ridethrough.cli;

/** A mistake that the person at the terminal can mend: its message is all that is shown. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    UserError(String message) {
        super(message);
    }
}
