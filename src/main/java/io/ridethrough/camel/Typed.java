package io.ridethrough.camel;

/**
 * The value of a header that this product set itself. What comes in over a wire is text, so that {@link HeaderFence}
 * can tell both apart.
 */
record Typed(String value) {
    /** What a component makes of it. */
    @Override
    public String toString() {
        return value;
    }
}
