package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.Intent;
import io.ridethrough.power.Parsed;
import java.util.List;

/** Says to a watch what its sources would, for tests of other packages. */
public final class PowerSays {
    private PowerSays() {}

    /** As a message of a broker. */
    public static List<Intent> heard(PowerWatch watch, AssetId ups, Parsed said, boolean retained) {
        return watch.heard(ups, said, retained, "broker");
    }
}
