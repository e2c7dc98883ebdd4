package io.ridethrough.cli;

import io.ridethrough.contract.Ups;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.lab.net.FreePort;
import io.ridethrough.run.Standing;
import io.ridethrough.target.SecretFiles;
import io.ridethrough.target.Wiring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The whole product in this process, over the real hosts of the harbour. */
final class HarbourService {
    private HarbourService() {}

    /** @param home where the hosts are introduced already; another life may have left it */
    static Service start(Path home, Path contracts, double speed) throws IOException {
        return start(
                home,
                contracts,
                speed,
                (folder, clock) -> SqliteJournal.openOrSetAside(folder, clock, Standing.salvage()));
    }

    /** The same with a journal that somebody looks into. */
    static Service start(Path home, Path contracts, double speed, Service.Journals journals) throws IOException {
        Settings settings = Settings.read(Path.of("application.properties"))
                .with("ridethrough.http.port", Integer.toString(FreePort.onLoopback()))
                .with("ridethrough.power.tick", "50");
        Service.World world = new Service.World(
                "harbour",
                speed,
                Wiring.direct(),
                new SecretFiles(home.resolve("secrets")),
                home.resolve("known_hosts"),
                target -> Optional.empty(),
                Ups.MqttSource::broker);
        return Service.start(
                settings,
                Home.at(home),
                Declared.of(new ContractFolder(contracts).contracts()),
                known -> world,
                journals);
    }
}
