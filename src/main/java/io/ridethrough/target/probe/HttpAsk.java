package io.ridethrough.target.probe;

import java.util.concurrent.CompletionStage;

/** Asks one URL by GET, follows nothing, reads no body. Never fails. Thread-safe. */
@FunctionalInterface
public interface HttpAsk {
    CompletionStage<Told> get(String url);

    /** What came back. */
    sealed interface Told {
        /** An HTTP status, whatever it is. */
        record Status(int code) implements Told {}

        /** The port said no, or what speaks there is no HTTP. */
        record Refused(String why) implements Told {}

        /** Nothing came back. */
        record Silent(String why) implements Told {}
    }
}
