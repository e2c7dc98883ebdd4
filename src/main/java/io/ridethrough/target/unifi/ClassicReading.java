package io.ridethrough.target.unifi;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.Said;
import io.ridethrough.target.unifi.UnifiTold.Client;
import io.ridethrough.target.unifi.UnifiTold.Device;
import io.ridethrough.target.unifi.UnifiTold.Poe;
import io.ridethrough.target.unifi.UnifiTold.Port;
import io.ridethrough.target.unifi.UnifiTold.Role;
import io.ridethrough.target.unifi.UnifiTold.State;
import io.ridethrough.target.unifi.UnifiTold.Switch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads what the classic API tells (protocols 3.2). */
final class ClassicReading {
    private static final List<String> STATES = List.of(
            "DISCONNECTED",
            "CONNECTED",
            "PENDING",
            "FIRMWARE_MISMATCH",
            "UPGRADING",
            "PROVISIONING",
            "HEARTBEAT_MISSED",
            "ADOPTING",
            "DELETING",
            "INFORM_ERROR",
            "ADOPTION_FAILED",
            "ISOLATED");

    private ClassicReading() {}

    static UnifiTold devices(JsonNode all) {
        return new UnifiTold.Devices(rows(all).map(ClassicReading::device).toList());
    }

    private static Device device(JsonNode one) {
        int number = one.path("state").asInt(-1);
        String word = number >= 0 && number < STATES.size() ? STATES.get(number) : "state " + number;
        return new Device(mac(one, "mac"), name(one), word(one, "model"), state(number), word);
    }

    /** What does not say how long it has been up is left out. */
    static UnifiTold uptimes(JsonNode all) {
        return new UnifiTold.Uptimes(rows(all)
                .filter(one -> one.path("uptime").canConvertToLong())
                .map(one -> {
                    Device device = device(one);
                    Duration up = Duration.ofSeconds(one.path("uptime").asLong());
                    return new UnifiTold.Uptime(device.mac(), device.state(), device.word(), up);
                })
                .toList());
    }

    private static State state(int number) {
        return switch (number) {
            case 1 -> State.ONLINE;
            case 0, 6, 11 -> State.OFFLINE;
            case 4, 5, 7, 8 -> State.CHANGING;
            default -> State.OTHER;
        };
    }

    static List<Client> clients(JsonNode all) {
        return rows(all)
                .map(one -> new Client(
                        mac(one, "mac"),
                        name(one),
                        text(one, "ip"),
                        text(one, "sw_mac").map(mac -> mac.toLowerCase(Locale.ROOT)),
                        number(one.path("sw_port"))))
                .toList();
    }

    static UnifiTold networks(JsonNode all) {
        return new UnifiTold.Networks(rows(all)
                .map(one -> new UnifiTold.Network(word(one, "name"), vlan(one.path("vlan"))))
                .toList());
    }

    /** A port names its network by {@code native_networkconf_id}, the {@code _id} of one of {@code networkconf}. */
    static UnifiTold portNetworks(JsonNode devices, JsonNode networks) {
        Map<String, UnifiTold.Network> byId = new HashMap<>();
        rows(networks)
                .forEach(one ->
                        byId.put(word(one, "_id"), new UnifiTold.Network(word(one, "name"), vlan(one.path("vlan")))));
        List<UnifiTold.PortNetwork> ports = new ArrayList<>();
        rows(devices).forEach(device -> rows(device.path("port_table"))
                .forEach(port -> ports.add(new UnifiTold.PortNetwork(
                        mac(device, "mac"),
                        port.path("port_idx").asInt(),
                        text(port, "native_networkconf_id").map(byId::get)))));
        return new UnifiTold.PortNetworks(ports);
    }

    /** As a number or as a text of one. */
    static OptionalInt vlan(JsonNode value) {
        return number(value);
    }

    static UnifiTold reservations(JsonNode all) {
        return new UnifiTold.Reservations(rows(all)
                .filter(one -> one.path("use_fixedip").asBoolean()
                        && text(one, "fixed_ip").isPresent())
                .map(one -> new UnifiTold.Reservation(mac(one, "mac"), name(one), word(one, "fixed_ip")))
                .toList());
    }

    static UnifiTold outlets(JsonNode all) {
        List<UnifiTold.Outlet> outlets = new ArrayList<>();
        rows(all).forEach(device -> rows(device.path("outlet_table")).forEach(one -> outlets.add(outlet(device, one))));
        return new UnifiTold.Outlets(outlets);
    }

    private static UnifiTold.Outlet outlet(JsonNode device, JsonNode row) {
        int index = row.path("index").asInt();
        boolean relay = row.path("relay_state").asBoolean();
        boolean set = rows(device.path("outlet_overrides"))
                .filter(one -> one.path("index").asInt() == index)
                .map(one -> one.path("relay_state").asBoolean(relay))
                .findFirst()
                .orElse(relay);
        return new UnifiTold.Outlet(mac(device, "mac"), index, word(row, "name"), relay, set);
    }

    static List<Switch> switches(JsonNode all) {
        Set<String> downlinks = new HashSet<>();
        rows(all)
                .map(device -> device.path("uplink"))
                .forEach(up -> downlinks.add(mac(up, "uplink_mac") + " "
                        + up.path("uplink_remote_port").asInt()));
        return rows(all)
                .filter(device -> !device.path("port_table").isEmpty())
                .map(device -> new Switch(
                        mac(device, "mac"),
                        name(device),
                        device.path("total_max_power").isNumber()
                                ? OptionalDouble.of(
                                        device.path("total_max_power").asDouble())
                                : OptionalDouble.empty(),
                        rows(device.path("port_table"))
                                .map(port -> port(port, mac(device, "mac"), downlinks))
                                .toList()))
                .toList();
    }

    private static Port port(JsonNode port, String device, Set<String> downlinks) {
        int index = port.path("port_idx").asInt();
        Role role = port.path("is_uplink").asBoolean()
                ? Role.UPLINK
                : downlinks.contains(device + " " + index) ? Role.DOWNLINK : Role.EDGE;
        Poe poe = !port.path("port_poe").asBoolean()
                ? Poe.NONE
                : port.path("poe_enable").asBoolean() ? Poe.ON : Poe.OFF;
        return new Port(index, poe, watts(port.path("poe_power").asText("")), role);
    }

    /** It comes as a text, such as "4.27". */
    private static OptionalDouble watts(String text) {
        return text.matches("\\d{1,4}(\\.\\d{1,6})?")
                ? OptionalDouble.of(Double.parseDouble(text))
                : OptionalDouble.empty();
    }

    private static OptionalInt number(JsonNode value) {
        return value.asText("").matches("\\d{1,5}")
                ? OptionalInt.of(Integer.parseInt(value.asText()))
                : OptionalInt.empty();
    }

    private static Stream<JsonNode> rows(JsonNode all) {
        return StreamSupport.stream(all.spliterator(), false);
    }

    private static String mac(JsonNode one, String field) {
        return word(one, field).toLowerCase(Locale.ROOT);
    }

    private static String name(JsonNode one) {
        return text(one, "name").or(() -> text(one, "hostname")).orElse("");
    }

    private static Optional<String> text(JsonNode one, String field) {
        return Optional.of(word(one, field)).filter(text -> !text.isEmpty());
    }

    private static String word(JsonNode one, String field) {
        return Said.line(one.path(field).asText(""));
    }
}
