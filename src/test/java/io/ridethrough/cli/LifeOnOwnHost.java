package io.ridethrough.cli;

import io.ridethrough.lab.WiringFile;
import io.ridethrough.run.Standing;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The service in a process of its own, as a guest of the site that it takes down: it ends when its guest does. */
final class LifeOnOwnHost {
    private LifeOnOwnHost() {}

    /**
     * Serves until it is killed.
     *
     * @param arguments the file of {@link OneLife#write}, the state folder, the contracts, the port, the speed, the file
     *     in which its kernel tells its boot id
     */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.read(Path.of("application.properties"))
                .with("ridethrough.http.port", arguments[3])
                .with("ridethrough.boot-id", arguments[5]);
        Service service = Service.start(
                settings,
                Home.at(Path.of(arguments[1])),
                new ContractFolder(Path.of(arguments[2])).contracts(),
                LabClient.world(WiringFile.read(Path.of(arguments[0])), "LAB", Double.parseDouble(arguments[4])));
        service.contracts().sites().keySet().stream()
                .filter(site -> service.standing.readiness(site) != Standing.Readiness.ARMED)
                .forEach(site -> service.standing.ready(site, Standing.Readiness.ARMED, "test"));
        System.out.println("serving");
        new CountDownLatch(1).await();
    }
}
