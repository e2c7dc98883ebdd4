package io.ridethrough.receipt;

/** By what new receipts are signed. */
public sealed interface Signing {
    /** Receipts that nobody signs, and that say nothing of it: those of no installation. */
    Signing NONE = new None("");

    /** By the key of the installation. */
    record By(SigningKey key) implements Signing {}

    /**
     * They cannot be signed, and each says why; a run is never refused for that.
     *
     * @param why empty where nothing is to be said
     */
    record None(String why) implements Signing {}
}
