package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Ups;
import io.ridethrough.run.Time;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nut.NutClient;
import io.ridethrough.target.off.Farewells;
import io.ridethrough.target.probe.Probes;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.tcp.Knock;
import io.ridethrough.target.wake.Waker;
import io.ridethrough.target.way.Way;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What hands work with.
 *
 * @param declared what is declared now
 * @param nut asks the server of a UPS; blocks
 * @param executor for what blocks
 */
public record Tools(
        Supplier<Contracts> declared,
        Shell shell,
        Way<NodeAsk> nodes,
        Way<NasAsk> nases,
        Way<HomeAsk> homes,
        Farewells farewells,
        Knock knock,
        Waker waker,
        Probes probes,
        Https https,
        Secrets secrets,
        BiFunction<AssetId, Ups.NutSource, NutClient> nut,
        Executor executor,
        Time time) {
    /** What is declared now: asked once for one piece of work. */
    Contracts contracts() {
        return declared.get();
    }
}
