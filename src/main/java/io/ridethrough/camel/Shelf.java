package io.ridethrough.camel;

import io.ridethrough.receipt.Head;
import java.util.List;

/** A place elsewhere where heads of the chain of receipts are kept. Not thread-safe. */
interface Shelf {
    /** For people. */
    String name();

    /** Whether every head is kept there, or the newest alone. */
    boolean keepsAll();

    /**
     * What is kept there, oldest first.
     *
     * @throws Exception when it cannot be asked
     */
    List<Head> heads() throws Exception;

    /**
     * Keeps one more; it is there when this returns.
     *
     * @throws Exception when it could not be
     */
    void keep(Head head) throws Exception;
}
