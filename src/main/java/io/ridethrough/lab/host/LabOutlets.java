package io.ridethrough.lab.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.WakeWay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Outlets of a simulated device (protocols 3.2). Whatever list of overrides is written replaces the whole of it: an outlet
 * that it leaves out loses its name and is on, which the hosts' log notes as a violation. Off takes the power of the host
 * whose contract names the outlet, and on gives it. Its table shows that only when the device has told of it.
 */
final class LabOutlets {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How long the table shows what was: until the device next tells how it stands. */
    private static final Duration LAG = Duration.ofSeconds(10);

    private final LabModel model;
    private final AssetId runsOn;
    private final String mac;
    private final Map<Integer, String> names = new TreeMap<>(Map.of(1, "Modem", 2, "Metal"));
    private final Map<Integer, Boolean> relays = new TreeMap<>(Map.of(1, true, 2, true));
    private final Map<Integer, Boolean> shown = new TreeMap<>(relays);

    LabOutlets(LabModel model, AssetId runsOn, String mac) {
        this.model = model;
        this.runsOn = runsOn;
        this.mac = mac;
    }

    /** False when that is no list of overrides. */
    boolean write(String body) {
        JsonNode list;
        try {
            list = JSON.readTree(body).path("outlet_overrides");
        } catch (JsonProcessingException e) {
            return false;
        }
        if (!list.isArray()) {
            return false;
        }
        Map<Integer, JsonNode> given = new TreeMap<>();
        list.forEach(one -> given.put(one.path("index").asInt(), one));
        for (int index : List.copyOf(relays.keySet())) {
            JsonNode one = given.get(index);
            if (one == null) {
                model.events.note(runsOn, "outlet", "wiped", Integer.toString(index), "violation");
                names.put(index, "");
                relay(index, true);
            } else {
                names.put(index, one.path("name").asText(""));
                relay(index, one.path("relay_state").asBoolean());
            }
        }
        return true;
    }

    private void relay(int index, boolean on) {
        if (Boolean.valueOf(on).equals(relays.put(index, on))) {
            return;
        }
        model.clock.after(LAG, () -> shown.put(index, on));
        model.events.note(runsOn, "outlet", on ? "on" : "off", Integer.toString(index), "end");
        model.fed(WakeWay.Feed.OUTLET, mac, index).forEach(host -> {
            if (on) {
                host.energise("outlet", Integer.toString(index));
            } else {
                host.powerLost();
            }
        });
    }

    /** {@code outlet_overrides}: what is set. */
    String overrides() {
        return rows(relays).toString();
    }

    /** {@code outlet_table}: what the device told last. */
    String table() {
        return rows(shown).toString();
    }

    private ArrayNode rows(Map<Integer, Boolean> states) {
        ArrayNode rows = JSON.createArrayNode();
        states.forEach((index, on) -> rows.addObject()
                .put("index", index)
                .put("name", names.getOrDefault(index, ""))
                .put("relay_state", on));
        return rows;
    }
}
