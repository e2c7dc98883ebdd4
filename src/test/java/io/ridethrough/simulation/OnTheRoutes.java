package io.ridethrough.simulation;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests that play stories on the product's own routes, started once a class. */
abstract class OnTheRoutes {
    @TempDir
    static Path folder;

    static RunRoutes routes;

    @BeforeAll
    static void startTheRoutes() {
        routes = new RunRoutes(folder);
    }

    @AfterAll
    static void stopTheRoutes() {
        routes.close();
    }
}
