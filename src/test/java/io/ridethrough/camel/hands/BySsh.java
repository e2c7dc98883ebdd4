package io.ridethrough.camel.hands;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Node;
import io.ridethrough.target.proxmox.NodeWay;
import io.ridethrough.target.proxmox.SshWay;
import io.ridethrough.target.ssh.Shell;

/** Nodes that are asked by their command line alone. */
final class BySsh {
    private BySsh() {}

    static NodeWay nodes(Contracts contracts, Shell shell) {
        SshWay way = new SshWay(shell);
        return (node, ask) -> way.ask((Node) contracts.asset(node).orElseThrow(), ask);
    }
}
