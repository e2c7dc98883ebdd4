package io.ridethrough.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A lab's wiring in a file, for a service in another process. Only ports are written: it can lead to loopback alone. */
public final class WiringFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private WiringFile() {}

    /** Writes the file over what was there. */
    public static Path write(LabWiring wiring, Path file) throws IOException {
        ObjectNode all = JSON.createObjectNode()
                .put("known-hosts", wiring.knownHosts().toString())
                .put("authority", wiring.authority());
        wiring.tcp().forEach((at, real) -> all.withObject("/tcp").put(at.toString(), real.getPort()));
        wiring.udp().forEach((at, real) -> all.withObject("/udp").put(at.toString(), real.getPort()));
        wiring.brokers().forEach((declared, real) -> all.withObject("/brokers").put(declared, real));
        wiring.identities().forEach((name, key) -> all.withObject("/identities").put(name, key.toString()));
        wiring.logins().forEach((name, login) -> all.withObject("/logins").put(name, login));
        return Files.writeString(file, all.toString());
    }

    /** Reads what {@link #write} wrote. */
    public static LabWiring read(Path file) throws IOException {
        JsonNode all = JSON.readTree(file.toFile());
        Map<String, Path> identities = new HashMap<>();
        texts(all.path("identities")).forEach((name, key) -> identities.put(name, Path.of(key)));
        return new LabWiring(
                addresses(all.path("tcp")),
                addresses(all.path("udp")),
                texts(all.path("brokers")),
                Path.of(all.path("known-hosts").asText()),
                identities,
                all.path("authority").asText(),
                texts(all.path("logins")));
    }

    private static Map<HostPort, InetSocketAddress> addresses(JsonNode node) {
        Map<HostPort, InetSocketAddress> found = new HashMap<>();
        node.properties().forEach(each -> {
            int colon = each.getKey().lastIndexOf(':');
            found.put(
                    new HostPort(
                            each.getKey().substring(0, colon),
                            Integer.parseInt(each.getKey().substring(colon + 1))),
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), each.getValue().asInt()));
        });
        return found;
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> found = new HashMap<>();
        node.properties()
                .forEach(each -> found.put(each.getKey(), each.getValue().asText()));
        return found;
    }
}
