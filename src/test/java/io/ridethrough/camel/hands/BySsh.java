package io.ridethrough.camel.hands;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nas.NasSshWay;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.SshWay;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.way.Way;

/** Nodes and NAS that are asked by their command line alone. */
final class BySsh {
    private BySsh() {}

    static Way<NodeAsk> nodes(Contracts contracts, Shell shell) {
        SshWay way = new SshWay(shell);
        return (node, ask) -> way.ask((Node) contracts.asset(node).orElseThrow(), ask);
    }

    static Way<NasAsk> nases(Contracts contracts, Shell shell) {
        NasSshWay way = new NasSshWay(shell);
        return (nas, ask) -> way.ask((Nas) contracts.asset(nas).orElseThrow(), ask);
    }
}
