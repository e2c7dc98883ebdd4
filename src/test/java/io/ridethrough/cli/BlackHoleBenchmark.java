package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.lab.net.FreePort;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.Wiring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one node that swallows everything costs the other nine: the whole service takes ten nodes with two guests each
 * down over TLS and SSH, once with all of them well and once with one whose every packet goes nowhere. Prints the
 * medians; what they mean stands in {@code src/docs/benchmarks.md}.
 *
 * <pre>mvn -B test -Dtest=BlackHoleBenchmark -Dgroups=long -DexcludedGroups=</pre>
 */
@Tag("long")
@Timeout(1800)
class BlackHoleBenchmark {
    private static final int NODES = 10;
    private static final int ROUNDS = Integer.getInteger("hole.rounds", 5);
    private static final double SPEED = 5;
    private static final String HOLE = "10.9.6.1";
    private static final Duration LONG = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    @Test
    void printsWhatABlackHoleAmongTenNodesCostsTheOthers() throws Exception {
        Path contracts = ring();
        double[] well = new double[ROUNDS];
        double[] holed = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            well[round] = makespan(contracts, "well-" + round, false);
            holed[round] = makespan(contracts, "hole-" + round, true);
            System.out.printf(Locale.ROOT, "round %d: %.2f s, with a hole %.2f s%n", round, well[round], holed[round]);
        }
        System.out.printf(
                Locale.ROOT,
                "medians of %d: %.2f s, with a hole %.2f s: the other nine take %+.1f %%%n",
                ROUNDS,
                median(well),
                median(holed),
                100 * (median(holed) / median(well) - 1));
    }

    private double makespan(Path contracts, String name, boolean holed) throws Exception {
        Contracts declared = new ContractFolder(contracts).contracts();
        Path kept = Files.createDirectories(folder.resolve(name));
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                LabWorld world = LabWorld.start(declared, new LabOptions(SPEED, kept.resolve("world")))) {
            Service.World real = LabClient.world(world.wiring(), "LAB", SPEED);
            InetSocketAddress hole = (InetSocketAddress) silent.getLocalSocketAddress();
            Settings settings = Settings.read(Path.of("application.properties"))
                    .with("ridethrough.http.port", Integer.toString(FreePort.onLoopback()));
            try (Service service = Service.start(
                    settings, Home.at(kept.resolve("home")), declared, holed ? holed(real, hole) : real)) {
                service.warmedUp.toCompletableFuture().join();
                return takenDown(service, world);
            }
        }
    }

    /** From the request to the last of the other nodes that is off, by the hosts' own log, in real seconds. */
    private static double takenDown(Service service, LabWorld world) {
        ObjectNode request = new ObjectMapper()
                .createObjectNode()
                .put("scope", "ring")
                .put("mode", "shutdown")
                .put("execute", true)
                .put("confirm", "ring");
        long asked = micros();
        ServiceClient.Answer answer = service.client().post("runs", request);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
        Until.holds(() -> off(world).count() >= NODES - 1, LONG, () -> off(world)
                .toList()
                .toString());
        long last = off(world).mapToLong(LabEvent::micros).max().orElseThrow();
        return (last - asked) / 1e6;
    }

    private static java.util.stream.Stream<LabEvent> off(LabWorld world) {
        return world.events().stream()
                .filter(event -> !event.host().equals("ring/n1"))
                .filter(event ->
                        event.command().equals("poweroff") && event.what().equals("end"));
    }

    private static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    /** Every packet to the first node arrives where nobody ever answers. */
    private static Service.World holed(Service.World world, InetSocketAddress hole) {
        Wiring wiring = new Wiring() {
            @Override
            public InetSocketAddress tcp(String host, int port) {
                return host.equals(HOLE) ? hole : world.wiring().tcp(host, port);
            }

            @Override
            public InetSocketAddress udp(String host, int port) {
                return world.wiring().udp(host, port);
            }
        };
        return new Service.World(
                world.name(), world.speed(), wiring, world.secrets(), world.knownHosts(), world.pins(), world.broker());
    }

    private static double median(double[] all) {
        double[] sorted = all.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private Path ring() throws IOException {
        Path contracts = folder.resolve("contracts");
        Path site = Files.createDirectories(contracts.resolve("sites").resolve("ring"));
        Files.writeString(
                contracts.resolve("policy.yaml"), "windows: []\nchecks: {attempts: 1, timeout: 5s, back-off: 1s}\n");
        Files.writeString(site.resolve("site.yaml"), """
                site: ring
                title: Ten nodes
                time-zone: UTC
                lan: 10.9.6.0/24
                domains: [infra]
                defaults: {owner: "@ops", domain: infra, tier: 2}
                power-off: true
                orchestrator: {runs-on: outside}
                out-of-band: {required: false}
                recovery: {attempts: 1, back-off: 5s}
                """);
        StringBuilder nodes = new StringBuilder("nodes:\n");
        StringBuilder guests = new StringBuilder("guests:\n");
        IntStream.rangeClosed(1, NODES).forEach(i -> {
            nodes.append("  - {id: n" + i + ", version: 9.1.4, ssh: {host: 10.9.6." + i
                    + "}, api: {}, off: 10s, boot: 10s," + " proof-of-off: {ports: [22, 8006], quiet: 5s}}\n");
            for (int j = 0; j < 2; j++) {
                guests.append("  - {id: g" + i + "-" + j + ", kind: vm, vmid: " + (100 * i + j) + ", runs-on: n" + i
                        + ", grace: 60s, stop-takes: 10s, start-takes: 5s}\n");
            }
        });
        Files.writeString(site.resolve("nodes.yaml"), nodes.toString());
        Files.writeString(site.resolve("guests.yaml"), guests.toString());
        for (String none : List.of("power", "stacks", "storage", "network", "home-assistant", "backup", "services")) {
            Files.writeString(site.resolve(none + ".yaml"), "none: not in this benchmark\n");
        }
        return contracts;
    }
}
