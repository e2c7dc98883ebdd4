package io.ridethrough.lab.api;

/** What is answered. A status of 0 hangs up without a word. */
public record Said(int status, String reason, String body) {
    /** The connection goes away, whatever was done. */
    public static Said nothing() {
        return new Said(0, "", "");
    }
}
