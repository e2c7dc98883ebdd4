package io.ridethrough.target.unifi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.target.https.Reply;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One outlet of a device and, since only the whole list can be written, all that is set of the others (protocols 3.2:
 * {@code outlet_overrides}; what each relay does stands in {@code outlet_table}, which lags behind what is set: what is
 * accepted is not done).
 *
 * @param device the controller's own id of the device
 * @param outlet its number
 * @param relay whether it gives power, by the table
 * @param all what is set of every outlet of the device, by number
 */
record OutletOverrides(String device, int outlet, boolean relay, Map<Integer, JsonNode> all) {
    OutletOverrides {
        all = new TreeMap<>(all);
    }

    /** Empty where there is no such device, or it has no such outlet. */
    static Optional<OutletOverrides> of(JsonNode devices, String mac, int outlet) {
        for (JsonNode device : devices) {
            if (device.path("mac").asText("").equalsIgnoreCase(mac)) {
                return of(device, outlet);
            }
        }
        return Optional.empty();
    }

    private static Optional<OutletOverrides> of(JsonNode device, int outlet) {
        Map<Integer, JsonNode> all = new TreeMap<>();
        Optional<Boolean> relay = Optional.empty();
        for (JsonNode one : device.path("outlet_table")) {
            int index = one.path("index").asInt();
            all.put(index, entry(one, index));
            if (index == outlet) {
                relay = Optional.of(one.path("relay_state").asBoolean());
            }
        }
        device.path("outlet_overrides").forEach(one -> all.put(one.path("index").asInt(), one));
        String id = device.path("_id").asText("");
        return relay.map(on -> new OutletOverrides(id, outlet, on, all));
    }

    private static ObjectNode entry(JsonNode row, int index) {
        ObjectNode entry = Reply.JSON.createObjectNode().put("index", index);
        if (row.hasNonNull("name")) {
            entry.put("name", row.path("name").asText());
        }
        return entry.put("relay_state", row.path("relay_state").asBoolean());
    }

    /** What is written to switch it: every entry as it is, and this one with that relay. */
    String with(boolean on) {
        ObjectNode body = Reply.JSON.createObjectNode();
        ArrayNode list = body.putArray("outlet_overrides");
        all.forEach((index, entry) -> {
            ObjectNode copy = entry.deepCopy();
            list.add(index == outlet ? copy.put("relay_state", on) : copy);
        });
        return body.toString();
    }

    /** It is set off, and its relay has followed. */
    boolean isOff() {
        return !relay && !set();
    }

    /** What its relay is set to; where nothing is set, what it does. */
    private boolean set() {
        return Optional.ofNullable(all.get(outlet))
                .map(entry -> entry.path("relay_state").asBoolean(relay))
                .orElse(relay);
    }

    String words() {
        String is = "outlet " + outlet + " is ";
        return relay == set()
                ? is + word(relay)
                : is + "set " + word(set()) + ", and its relay still shows " + word(relay);
    }

    private static String word(boolean on) {
        return on ? "on" : "off";
    }
}
