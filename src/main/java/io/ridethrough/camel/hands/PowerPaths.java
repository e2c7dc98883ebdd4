package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.target.plug.PlugAsk;
import io.ridethrough.target.redfish.RedfishAsk;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What gives power to hosts beside magic packets, and what starts network devices anew.
 *
 * @param managements management controllers
 * @param ports takes PoE from a port of a switch for some seconds, or switches an outlet
 * @param restarts restarts network devices, only where their guards permit
 * @param controllers tell how outlets and network devices stand
 * @param plugs smart plugs, switched only where their guards permit
 */
public record PowerPaths(
        Way<RedfishAsk> managements,
        PortCycle ports,
        Way<UnifiAsk.Restart> restarts,
        Way<UnifiAsk.Look> controllers,
        Way<PlugAsk> plugs) {
    /** Nothing does. */
    static final PowerPaths NONE = new PowerPaths(
            (controller, ask) -> none(controller),
            (controller, act, fed) -> none(controller),
            (controller, act) -> none(controller),
            (controller, ask) -> none(controller),
            (plug, ask) -> none(plug));

    /** Acts on what feeds an asset only where its guards permit. */
    @FunctionalInterface
    public interface PortCycle {
        CompletionStage<Told> cycle(AssetId controller, UnifiAsk.Power act, AssetId fed);
    }

    private static CompletionStage<Told> none(AssetId controller) {
        return CompletableFuture.completedFuture(new Told.Undelivered(controller + " cannot be asked from here"));
    }
}
