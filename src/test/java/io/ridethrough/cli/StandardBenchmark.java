package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.Contracts;
import io.ridethrough.lab.LabWorld;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the whole standard costs, over the lab's real sockets: time, and connections to each target as the kernel counts
 * them. Prints figures and asserts nothing; what they mean stands in {@code src/docs/benchmarks.md}.
 *
 * <pre>mvn -B test -Dtest=StandardBenchmark -Dgroups=long -DexcludedGroups=</pre>
 */
@Tag("long")
class StandardBenchmark {
    private static final int SITES = 50;
    private static final int ROUNDS = 4;

    @TempDir
    Path folder;

    @Test
    void printsWhatTheWholeStandardCosts() throws Exception {
        measure("the sites as they are shipped", Path.of("contracts"));
        measure(SITES + " sites of 20 assets", many(folder.resolve("contracts")));
    }

    private void measure(String name, Path declared) throws Exception {
        Path state = Files.createDirectories(folder.resolve(name.replace(' ', '-')));
        LabWithService lab = new LabWithService(state, declared, 1);
        Contracts contracts = lab.declared();
        System.out.printf(
                Locale.ROOT,
                "%s: %d sites, %d assets, %d controls%n",
                name,
                contracts.sites().size(),
                contracts.assets().size(),
                contracts.standard().controls().size());
        try (LabWorld world = lab.world()) {
            long started = System.nanoTime();
            measure(world, lab.service(world), started);
        }
    }

    private static void measure(LabWorld world, Service started, long at) throws IOException {
        try (Service service = started) {
            Set<Integer> targets = world.wiring().tcp().values().stream()
                    .map(InetSocketAddress::getPort)
                    .collect(Collectors.toSet());
            service.warmedUp.toCompletableFuture().join();
            System.out.printf(
                    Locale.ROOT,
                    "  started and warmed up in %.2f s; kept: %s%n",
                    (System.nanoTime() - at) / 1e9,
                    perTarget(connections("01"), targets));
            for (int round = 1; round <= ROUNDS; round++) {
                long begun = System.nanoTime();
                JsonNode parity = service.client()
                        .post("parity", JsonNodeFactory.instance.objectNode())
                        .orRefusal();
                double seconds = (System.nanoTime() - begun) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "  round %d: %.2f s; %s; kept: %s; closed in the last minute: %s%n",
                        round,
                        seconds,
                        counts(parity),
                        perTarget(connections("01"), targets),
                        perTarget(connections("06"), targets));
            }
        }
    }

    private static Map<String, Integer> counts(JsonNode parity) {
        Map<String, Integer> all = new HashMap<>();
        for (JsonNode site : parity.path("sites")) {
            JsonNode counts = site.path("counts");
            counts.fieldNames()
                    .forEachRemaining(word -> all.merge(word, counts.path(word).asInt(), Integer::sum));
        }
        return all;
    }

    private static String perTarget(Map<Integer, Integer> byPort, Set<Integer> targets) {
        List<Integer> used = targets.stream()
                .map(port -> byPort.getOrDefault(port, 0))
                .filter(many -> many > 0)
                .toList();
        int sum = used.stream().mapToInt(one -> one).sum();
        return sum + " connections to " + used.size() + " ports, at most "
                + used.stream().mapToInt(one -> one).max().orElse(0) + " to one";
    }

    /** How many sockets of that state (proc(5): 01 established, 06 closed and waiting) there are at each listening port. */
    private static Map<Integer, Integer> connections(String state) throws IOException {
        Map<Integer, Integer> byPort = new HashMap<>();
        for (String file : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(file))) {
                String[] words = line.strip().split("\\s+", -1);
                if (words.length > 3 && words[3].equals(state)) {
                    byPort.merge(port(words[1]), 1, Integer::sum);
                    if (state.equals("06")) {
                        byPort.merge(port(words[2]), 1, Integer::sum);
                    }
                }
            }
        }
        return byPort;
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
    }

    /** As many sites like the attic, each with a network of its own and twenty assets, under the standard as it is shipped. */
    private static Path many(Path to) throws IOException {
        Path attic = Path.of("src/test/resources/contracts/attic/sites/attic");
        Files.createDirectories(to.resolve("standard"));
        try (Stream<Path> controls = Files.list(Path.of("contracts/standard"))) {
            for (Path file : controls.toList()) {
                Files.copy(file, to.resolve("standard").resolve(file.getFileName()));
            }
        }
        Files.writeString(to.resolve("policy.yaml"), "windows: []\n");
        Files.copy(Path.of("contracts/gaps.yaml"), to.resolve("gaps.yaml"));
        for (int number = 1; number <= SITES; number++) {
            Path site = Files.createDirectories(to.resolve("sites").resolve("site-" + number));
            try (Stream<Path> files = Files.list(attic)) {
                for (Path file : files.toList()) {
                    Files.writeString(
                            site.resolve(file.getFileName()),
                            of(number, file.getFileName().toString(), Files.readString(file)));
                }
            }
        }
        return to;
    }

    private static String of(int number, String file, String text) {
        StringBuilder all = new StringBuilder(text.replaceAll("\\battic\\b", "site-" + number)
                .replace("192.0.2.", "10.77." + number + ".")
                .replaceAll("(?i)02:00:5e:", String.format(Locale.ROOT, "02:%02x:5e:", number)));
        if (file.equals("guests.yaml")) {
            List<String> more = new ArrayList<>();
            for (int guest = 0; guest < 7; guest++) {
                more.add("  - {id: more-" + guest + ", kind: vm, vmid: " + (200 + guest) + ", runs-on: pve"
                        + (1 + guest % 2) + ", onboot: true}\n");
            }
            all.insert(all.indexOf("excluded:"), String.join("", more));
        }
        if (file.equals("network.yaml")) {
            for (int device = 0; device < 3; device++) {
                all.append("  - {id: camera-" + device + ", title: A camera, role: camera, address: 10.77." + number
                        + "." + (100 + device) + ", ports: [80]}\n");
            }
        }
        return all.toString();
    }
}
