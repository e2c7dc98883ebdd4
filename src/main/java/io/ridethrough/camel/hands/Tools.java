package io.ridethrough.camel.hands;

import io.ridethrough.contract.Contracts;
import io.ridethrough.run.Time;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.off.Farewells;
import io.ridethrough.target.probe.Probes;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.tcp.Knock;
import io.ridethrough.target.wake.Waker;
import io.ridethrough.target.way.Way;

/** What hands work with. */
public record Tools(
        Contracts contracts,
        Shell shell,
        Way<NodeAsk> nodes,
        Way<NasAsk> nases,
        Farewells farewells,
        Knock knock,
        Waker waker,
        Probes probes,
        Https https,
        Secrets secrets,
        Time time) {}
