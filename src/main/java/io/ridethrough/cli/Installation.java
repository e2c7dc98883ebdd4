package io.ridethrough.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options by which every command finds the installation. */
final class Installation {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings (default: ${DEFAULT-VALUE}).",
            defaultValue = "application.properties")
    Path config = Path.of("application.properties");

    /** @throws UserError when a file was named and is not there */
    Settings settings() {
        if (!config.equals(Path.of("application.properties")) && Files.notExists(config)) {
            throw new UserError(config + ": error: no such file");
        }
        return Settings.read(config);
    }

    /** A client of the service that these settings describe. */
    ServiceClient client() {
        Settings settings = settings();
        Home home = home(settings);
        if (!home.hasToken()) {
            throw new ServiceClient.NoService("no service has started here yet (no token in " + home.folder()
                    + "); start it with: " + Ridethrough.typed("serve"));
        }
        return new ServiceClient(settings.text("ridethrough.http.host"), settings.port(), home.token());
    }

    /** The same service, asked for runs. */
    Asking asking(boolean json) {
        return new Asking(client(), home(settings()).journal(), System.out, json);
    }

    /** As configured; not made by asking. */
    private static Home home(Settings settings) {
        return new Home(settings.path("ridethrough.home"));
    }
}
