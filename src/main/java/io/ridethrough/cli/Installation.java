package io.ridethrough.cli;

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

    Settings settings() {
        return Settings.read(config);
    }

    /** A client of the service that these settings describe. */
    ServiceClient client() {
        Settings settings = settings();
        Home home = Home.at(settings.path("ridethrough.home"));
        if (!home.hasToken()) {
            throw new UserError("no token in " + home.folder() + "; it is made when the service first starts: "
                    + "ridethrough serve");
        }
        return new ServiceClient(settings.text("ridethrough.http.host"), settings.port(), home.token());
    }
}
