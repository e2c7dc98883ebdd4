package io.ridethrough.cli;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.drill.Course;
import io.ridethrough.drill.Scenario;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Plays scenarios with contracts in simulated worlds of their own, each with a service of its own, all in this process.
 * Nothing of the installation is read but its settings, and nothing of it is changed.
 *
 * @param settings where the routes are; home, port and contracts are others in the lab
 * @param at where worlds and services keep what is theirs
 */
record Rehearsal(Contracts contracts, Settings settings, Path at, double speed) {
    /** Plays one scenario at a site; what was seen. */
    Course play(Scenario scenario, Site site, Consumer<String> said) throws IOException, InterruptedException {
        Path own = Files.createDirectories(at.resolve(site.id() + "-" + scenario.word()));
        Settings inLab = settings.onFreePort()
                .with("ridethrough.power.tick", "50")
                .with("ridethrough.armed", "")
                .with("ridethrough.home", own.resolve("state").toString());
        try (LabWorld world = LabWorld.start(contracts, new LabOptions(speed, own.resolve("world")));
                Service service = Service.start(
                        inLab,
                        Home.at(own.resolve("state")),
                        contracts,
                        LabClient.world(world.wiring(), LabClient.banner(speed), speed))) {
            return new ScenarioPlay(scenario, contracts, site, world, service.client(), speed, said).play();
        }
    }
}
