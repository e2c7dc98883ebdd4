package io.ridethrough.target.unifi;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.Said;
import io.ridethrough.target.unifi.UnifiTold.State;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what the integration API tells (protocols 3.3). */
final class IntegrationReading {
    private IntegrationReading() {}

    static List<UnifiTold.Device> devices(List<JsonNode> all) {
        return all.stream()
                .map(one -> {
                    String word = word(one, "state");
                    return new UnifiTold.Device(mac(one), word(one, "name"), word(one, "model"), state(word), word);
                })
                .toList();
    }

    private static State state(String word) {
        return switch (word) {
            case "ONLINE" -> State.ONLINE;
            case "OFFLINE", "CONNECTION_INTERRUPTED", "ISOLATED" -> State.OFFLINE;
            case "UPDATING", "GETTING_READY", "ADOPTING", "DELETING" -> State.CHANGING;
            default -> State.OTHER;
        };
    }

    static List<UnifiTold.Client> clients(List<JsonNode> all) {
        return all.stream()
                .map(one -> new UnifiTold.Client(
                        mac(one),
                        word(one, "name"),
                        Optional.of(word(one, "ipAddress")).filter(address -> !address.isEmpty()),
                        Optional.empty(),
                        OptionalInt.empty()))
                .toList();
    }

    static List<UnifiTold.Network> networks(List<JsonNode> all) {
        return all.stream()
                .map(one -> new UnifiTold.Network(word(one, "name"), ClassicReading.vlan(one.path("vlanId"))))
                .toList();
    }

    static String mac(JsonNode one) {
        return word(one, "macAddress").toLowerCase(Locale.ROOT);
    }

    private static String word(JsonNode one, String field) {
        return Said.line(one.path(field).asText(""));
    }
}
