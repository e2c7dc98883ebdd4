package io.ridethrough.camel;

import io.ridethrough.contract.Node;
import io.ridethrough.target.proxmox.NodeAsk;

/** What a node is asked, on its way through its route. */
public record NodeCall(Node node, NodeAsk ask) {}
