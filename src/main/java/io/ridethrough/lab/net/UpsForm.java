package io.ridethrough.lab.net;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Ups;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a declared bridge puts a UPS's variables on the wire (protocols 4 and 6). */
final class UpsForm {
    /** One publication. */
    record Message(String topic, String payload, int qos, boolean retained) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    /** NUT's own names, used where none are declared. */
    private static final Map<String, String> NUT = Map.of(
            "status", "ups.status", "charge", "battery.charge", "runtime", "battery.runtime", "load", "ups.load");

    private final Ups.MqttSource source;
    private final Map<String, String> names;
    private final UpsWords words;

    UpsForm(Ups.MqttSource source) {
        this.source = source;
        names = source.variables().isEmpty() ? NUT : source.variables();
        words = new UpsWords(names.keySet(), source.words(), source.runtimeUnit());
    }

    /** The values as the bridge writes them, in the order status, charge, runtime, load. */
    Map<String, String> values(List<String> status, int charge, double runtimeSeconds, int load) {
        return words.values(status, charge, runtimeSeconds, load);
    }

    /** What is published for {@code changed} of {@code all} values. */
    List<Message> messages(Map<String, String> all, Set<String> changed) {
        if (source.format() == Ups.Format.JSON) {
            return List.of(new Message(source.topic(), json(all), 1, true));
        }
        List<Message> messages = new ArrayList<>();
        for (Map.Entry<String, String> value : all.entrySet()) {
            if (changed.contains(value.getKey())) {
                String name = names.getOrDefault(value.getKey(), value.getKey());
                messages.add(message(name, value.getValue()));
            }
        }
        return messages;
    }

    private Message message(String name, String value) {
        return switch (source.format()) {
            case STATESTREAM -> new Message(statestream(name), value, 1, true);
            case EVENTSTREAM -> new Message(source.topic(), event(name, value), 0, false);
            default -> new Message(source.topic().replace("{variable}", name), value, 1, false);
        };
    }

    private String statestream(String entity) {
        String path = entity.replace('.', '/');
        return source.topic().contains("{variable}")
                ? source.topic().replace("{variable}", path)
                : source.topic() + "/" + path + "/state";
    }

    private String json(Map<String, String> all) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        all.forEach((ours, value) -> {
            String name = names.getOrDefault(ours, ours);
            if (ours.equals("status")) {
                object.put(name, value);
            } else {
                object.put(name, Long.parseLong(value));
            }
        });
        return write(object);
    }

    private static String event(String entity, String value) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("event_type", "state_changed");
        ObjectNode data = event.putObject("event_data");
        data.put("entity_id", entity);
        data.putNull("old_state");
        ObjectNode state = data.putObject("new_state");
        state.put("entity_id", entity);
        state.put("state", value);
        state.putObject("attributes");
        String now = Instant.now().toString();
        state.put("last_changed", now);
        state.put("last_updated", now);
        return write(event);
    }

    private static String write(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
