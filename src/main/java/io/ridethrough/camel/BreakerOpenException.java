package io.ridethrough.camel;

import org.jspecify.annotations.Nullable;

/** A call was not made, because the breaker before it is open. */
final class BreakerOpenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable Exception last;

    /** @param last the trouble counted last; not the cause, since Camel hands the deepest cause to a fallback */
    BreakerOpenException(String message, @Nullable Exception last) {
        super(message);
        this.last = last;
    }

    @Nullable
    Exception last() {
        return last;
    }
}
