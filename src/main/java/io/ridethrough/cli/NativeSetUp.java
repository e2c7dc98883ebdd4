package io.ridethrough.cli;

import io.ridethrough.contract.Contracts;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.plan.NativeOrder;

/** What {@code setup} prints for nodes, done in a lab. */
final class NativeSetUp {
    private NativeSetUp() {}

    /** Has every node start its guests in the order of the relations. */
    static void of(Contracts contracts, LabWorld world) {
        contracts.sites().values().stream()
                .flatMap(site -> site.nodes().stream())
                .flatMap(node -> NativeOrder.of(node, contracts).guests().stream())
                .forEach(one -> world.startUpBy(one.guest().id(), one.startup()));
    }
}
