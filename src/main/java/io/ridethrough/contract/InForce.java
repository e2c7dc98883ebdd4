package io.ridethrough.contract;

import java.util.function.Supplier;

/**
 * The contracts that everything goes by, replaced whole. Whoever needs the same ones throughout a piece of work asks once.
 * Thread-safe.
 */
public final class InForce implements Supplier<Contracts> {
    private volatile Contracts now;

    public InForce(Contracts first) {
        now = first;
    }

    @Override
    public Contracts get() {
        return now;
    }

    /** Everything goes by these from now on. */
    public void replace(Contracts others) {
        now = others;
    }
}
