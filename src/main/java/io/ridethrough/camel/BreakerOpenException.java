package io.ridethrough.camel;

/** A call was not made, because the breaker before it is open. */
final class BreakerOpenException extends Exception {
    private static final long serialVersionUID = 1L;

    BreakerOpenException(String message) {
        super(message);
    }
}
