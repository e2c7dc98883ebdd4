package io.ridethrough.camel.hands;

import io.ridethrough.contract.Contracts;
import io.ridethrough.run.Time;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.off.Farewells;
import io.ridethrough.target.probe.Probes;
import io.ridethrough.target.proxmox.NodeWay;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.tcp.Knock;
import io.ridethrough.target.wake.Waker;

/** What hands work with. */
public record Tools(
        Contracts contracts,
        Shell shell,
        NodeWay nodes,
        Farewells farewells,
        Knock knock,
        Waker waker,
        Probes probes,
        Https https,
        Secrets secrets,
        Time time) {}
