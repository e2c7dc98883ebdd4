package io.ridethrough.cli;

import io.ridethrough.contract.Contracts;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.net.FreePort;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The lab and the whole product, both in this process.
 *
 * @param folder for what they keep
 * @param contracts the folder that both are made from
 */
record LabWithService(Path folder, Path contracts, double speed) {
    LabWorld world() {
        LabWorld world = LabWorld.start(declared(), new LabOptions(speed, folder.resolve("world")));
        NativeSetUp.of(declared(), world);
        return world;
    }

    Contracts declared() {
        return new ContractFolder(contracts).contracts();
    }

    /** On a port of its own; what an earlier one kept is there again. */
    Service service(LabWorld world) throws IOException {
        return service(world, Settings.read(Path.of("application.properties")));
    }

    /** The same by other settings. */
    Service service(LabWorld world, Settings other) throws IOException {
        Settings settings = other.with("ridethrough.http.port", Integer.toString(FreePort.onLoopback()));
        return Service.start(
                settings, Home.at(folder.resolve("home")), declared(), LabClient.world(world.wiring(), "LAB", speed));
    }
}
