package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.Contracts;
import io.ridethrough.lab.net.FreePort;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drives a lab of independent hosts (real sshd, scripted commands) by the product, and lets that lab's own checker judge
 * order and speed. Runs by hand, with the path of the lab; {@code -Dlab.rounds=5} prints the median of five:
 *
 * <pre>mvn -B test -Dtest=SharedLabDrive -Dgroups=long -DexcludedGroups= -Dlab.path=../shared/lab -Dlab.scenario=S1</pre>
 */
@Tag("long")
class SharedLabDrive {
    @TempDir
    Path folder;

    @Test
    void takesEveryHostDownInOrderAndCloseToTheCriticalPath() throws Exception {
        int rounds = Integer.getInteger("lab.rounds", 1);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ratios.add(drive(Files.createDirectory(folder.resolve("round-" + round))));
        }
        double median = ratios.stream().sorted().toList().get(rounds / 2);
        System.out.println("makespan / critical path: median " + median + " of " + ratios + " in this order");
    }

    private static double drive(Path folder) throws Exception {
        Path lab = Path.of(System.getProperty("lab.path", "../shared/lab")).toAbsolutePath();
        String scenario = System.getProperty("lab.scenario", "S1");
        Path state = folder.resolve("lab");
        shell(state, lab.resolve("up.sh").toString(), scenario);
        try {
            JsonNode world =
                    new ObjectMapper().readTree(state.resolve("scenario.json").toFile());
            Contracts contracts =
                    new ContractFolder(new ScenarioContracts(world).write(folder.resolve("contracts"))).contracts();
            Path knownHosts = ScenarioContracts.knownHosts(world, state, folder.resolve("known_hosts"));
            byte[] key = Files.readAllBytes(state.resolve("keys/id"));
            Settings settings = Settings.read(Path.of("application.properties"))
                    .with("ridethrough.http.port", Integer.toString(FreePort.onLoopback()));
            Service.World real = new Service.World(
                    "shared lab",
                    1,
                    Wiring.direct(),
                    name -> new Secret(key),
                    knownHosts,
                    target -> java.util.Optional.empty(),
                    ups -> "");
            try (Service service = Service.start(settings, Home.at(folder.resolve("home")), contracts, real)) {
                service.warmedUp.toCompletableFuture().join();
                for (int check = 0; check < 3; check++) {
                    run(service, "precheck", state);
                }
                run(service, "shutdown", state);
                String judged = shell(state, lab.resolve("check.py").toString());
                System.out.println(judged);
                return ratio(judged);
            }
        } finally {
            shell(state, lab.resolve("down.sh").toString());
        }
    }

    private static void run(Service service, String mode, Path state) throws Exception {
        var request = JsonNodeFactory.instance
                .objectNode()
                .put("scope", "all")
                .put("mode", mode)
                .put("execute", true)
                .put("confirm", "all");
        if (mode.equals("shutdown")) {
            var sites = request.putArray("power-off");
            service.contracts().sites().keySet().forEach(site -> sites.add(site.value()));
            Files.writeString(
                    state.resolve("trigger"),
                    String.format(Locale.ROOT, "%.6f", java.time.Instant.now().toEpochMilli() / 1000.0));
        }
        ServiceClient.Answer answer = service.client().post("runs", request);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
        String run = answer.json().path("run").asText();
        service.runs.closing(run).ifPresent(closing -> closing.toCompletableFuture()
                .join());
        System.out.println(mode + " "
                + service.client().get("runs/" + run).json().path("result").asText());
    }

    private static double ratio(String judged) {
        return judged.lines()
                .filter(line -> line.startsWith("ratio "))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring("ratio ".length()).strip()))
                .findFirst()
                .orElseThrow();
    }

    private static String shell(Path state, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment().putAll(Map.of("LAB_RUN", state.toString()));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
