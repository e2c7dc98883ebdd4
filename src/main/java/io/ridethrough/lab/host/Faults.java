package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.Fault.Interface.Surface;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The faults that are on, at most one an asset. */
final class Faults {
    private final Map<AssetId, Fault> on = new ConcurrentHashMap<>();

    void set(AssetId asset, Fault fault) {
        on.put(asset, fault);
    }

    void heal(AssetId asset) {
        on.remove(asset);
    }

    boolean hangs(AssetId asset) {
        return on.get(asset) instanceof Fault.Hang;
    }

    boolean refuses(AssetId asset) {
        return on.get(asset) instanceof Fault.Refuse;
    }

    boolean interfaceOf(AssetId asset, Surface surface, How how) {
        return on.get(asset) instanceof Fault.Interface fault
                && fault.how() == how
                && (fault.on() == Surface.EVERY || fault.on() == surface);
    }

    /** Whether this answer is the wrong one; it is well afterwards, whoever else asks at the same time. */
    boolean wrongOnce(AssetId asset, Surface surface) {
        Fault now = on.get(asset);
        return now != null && interfaceOf(asset, surface, How.WRONG_ONCE) && on.remove(asset, now);
    }

    Duration stretched(AssetId asset, Duration declared) {
        return on.get(asset) instanceof Fault.Slow slow
                ? Duration.ofNanos((long) (declared.toNanos() * slow.factor()))
                : declared;
    }
}
