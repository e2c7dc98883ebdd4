package io.ridethrough.target.tls;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.AssetId;
import java.util.Optional;

/** Pins that are replaced whole. Thread-safe. */
public final class NewestPins implements Pins {
    private volatile Pins now;

    public NewestPins(Pins first) {
        now = first;
    }

    /** These count from now on, for connections that are made anew. */
    public void replace(Pins others) {
        now = others;
    }

    @Override
    public Optional<Pin> pin(AssetId target) {
        return now.pin(target);
    }

    @Override
    public Pin declared(ApiAccess.Tls tls) {
        return now.declared(tls);
    }
}
