package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.lab.LabWiring;
import io.ridethrough.lab.WiringFile;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/**
 * The service in a process of its own that is made to be killed: it goes on with what the one before left, takes
 * everything down if no run has, and then brings everything up if no run has. Its world is a lab in another process.
 */
final class OneLife {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OneLife() {}

    /**
     * Lives until it is killed or everything was down and up.
     *
     * @param arguments the file of {@link WiringFile}, the state folder, the contracts, the port, the speed,
     *     what strikes it, and where
     */
    public static void main(String[] arguments) throws Exception {
        LabWiring wiring = WiringFile.read(Path.of(arguments[0]));
        Declared declared = Declared.in(new ContractFolder(Path.of(arguments[2])));
        Service.World world = LabClient.world(wiring, "LAB", Double.parseDouble(arguments[4]));
        Settings settings =
                Settings.read(Path.of("application.properties")).with("ridethrough.http.port", arguments[3]);
        try (Service service = Service.start(
                settings,
                Home.at(Path.of(arguments[1])),
                declared,
                contracts -> world,
                (folder, clock) -> KillAt.of(
                        SqliteJournal.openOrSetAside(folder, clock, Standing.salvage()),
                        KillAt.Signal.valueOf(arguments[5]),
                        arguments[6]))) {
            for (String mode : new String[] {"shutdown", "startup"}) {
                service.runs.progress().forEach(open -> service.runs
                        .closing(open.run())
                        .map(CompletionStage::toCompletableFuture)
                        .ifPresent(closing -> closing.join()));
                if (!wasRun(service, mode)) {
                    begin(service, mode);
                }
            }
        }
        System.exit(0);
    }

    private static boolean wasRun(Service service, String mode) {
        Until.holds(() -> closed(service).isPresent(), Duration.ofSeconds(90), () -> "the service answers");
        return StreamSupport.stream(closed(service).orElseThrow().spliterator(), false)
                .anyMatch(receipt -> receipt.path("phases").path(0).asText().equals(mode));
    }

    /** Nothing yet: one that shares two cores with others may be too slow at first. */
    private static Optional<JsonNode> closed(Service service) {
        try {
            return Optional.of(service.client().get("runs").json().path("closed"));
        } catch (ServiceClient.NoService notYet) {
            return Optional.empty();
        }
    }

    private static void begin(Service service, String mode) {
        ObjectNode request = JSON.createObjectNode()
                .put("scope", "all")
                .put("mode", mode)
                .put("execute", true)
                .put("confirm", "all");
        service.contracts().sites().keySet().forEach(site -> request.withArray("power-off")
                .add(site.value()));
        Until.holds(
                () -> service.contracts().sites().keySet().stream()
                        .allMatch(site -> service.power.unready(site).isEmpty()),
                Duration.ofSeconds(60),
                () -> "the power of every site is known and good");
        ServiceClient.Answer answer = service.client().post("runs", request);
        if (answer.status() != 202) {
            throw new AssertionError(answer.json());
        }
        service.runs.closing(answer.json().path("run").asText()).ifPresent(closing -> closing.toCompletableFuture()
                .join());
    }
}
