package io.ridethrough.cli;

import io.ridethrough.contract.Ups;
import io.ridethrough.discover.Found;
import io.ridethrough.target.LoginPauses;
import io.ridethrough.target.nut.NutAnswer;
import io.ridethrough.target.nut.NutClient;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks a NUT server which UPSes it knows and how they are. */
record NutLook(Service.World world) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Registered for NUT. */
    private static final int PORT = 3493;

    /** @throws UserError when it does not tell */
    Found.Nut look(String said) {
        URI server = Whom.server(said);
        String host = server.getHost();
        int port = server.getPort() < 0 ? PORT : server.getPort();
        NutAnswer listed = client(host, port, "").upses(PATIENCE);
        if (!(listed instanceof NutAnswer.Variables names)) {
            throw new UserError("the NUT server " + said + " does not tell: " + listed + ". Nothing was changed.");
        }
        Map<String, Map<String, String>> upses = new TreeMap<>();
        for (String name : names.values().keySet()) {
            upses.put(
                    name,
                    client(host, port, name).variables(PATIENCE) instanceof NutAnswer.Variables told
                            ? told.values()
                            : Map.of());
        }
        return new Found.Nut(host, port, upses);
    }

    private NutClient client(String host, int port, String name) {
        return new NutClient(
                new NutClient.Reach(world.wiring(), world.secrets(), new LoginPauses(System::nanoTime, 1)),
                new Ups.NutSource(host, port, name, Optional.empty(), PATIENCE, Optional.empty()),
                Optional.empty());
    }
}
