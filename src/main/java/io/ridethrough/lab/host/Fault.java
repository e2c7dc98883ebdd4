package io.ridethrough.lab.host;

/** What can be made to go wrong with an asset on demand. */
public sealed interface Fault permits Fault.Hang, Fault.Refuse, Fault.Slow {

    /** A guest ignores graceful shutdown until it is stopped by force; a host or stack never answers a command. */
    record Hang() implements Fault {}

    /** A host's ports refuse; a guest is locked by a backup and its ports refuse. */
    record Refuse() implements Fault {}

    /** Everything it does takes {@code factor} times longer. */
    record Slow(double factor) implements Fault {
        public Slow {
            if (!(factor > 0)) {
                throw new IllegalArgumentException("factor must be above 0, not " + factor);
            }
        }
    }
}
