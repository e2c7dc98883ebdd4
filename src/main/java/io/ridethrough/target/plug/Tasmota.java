package io.ridethrough.target.plug;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.mqtt.BrokerTalk.Message;
import io.ridethrough.target.way.Told;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Tasmota (its documentation, MQTT and Commands): a command with nothing in it asks, {@code POWER} is answered on
 * {@code stat/.../POWER}, or {@code POWER1} where there are several outputs, and {@code STATUS 10} tells its sensors now,
 * which it tells by itself every 300 s only.
 *
 * @param topic its Topic, or its whole FullTopic with {@code %prefix%} in it
 * @param output from 1
 */
record Tasmota(String topic, int output) implements Dialect {
    private static final String PREFIX = "%prefix%";

    @Override
    public Set<String> answers() {
        return output == 1
                ? Set.of(at("stat", "POWER"), at("stat", power()), at("stat", "STATUS10"))
                : Set.of(at("stat", power()), at("stat", "STATUS10"));
    }

    @Override
    public String presence() {
        return at("tele", "LWT");
    }

    @Override
    public List<Message> asks() {
        return List.of(new Message(at("cmnd", power()), ""), new Message(at("cmnd", "STATUS"), "10"));
    }

    @Override
    public Optional<Told> state(Map<String, String> told) {
        return isOn(told).map(on -> new PlugTold.State(on, watts(told)));
    }

    @Override
    public boolean isWhole(Map<String, String> told) {
        return isOn(told).isPresent() && told.containsKey(at("stat", "STATUS10"));
    }

    @Override
    public Message switches(boolean on) {
        return new Message(at("cmnd", power()), on ? "ON" : "OFF");
    }

    @Override
    public Optional<Told> switched(Map<String, String> told, boolean on) {
        return isOn(told).filter(is -> is == on).map(is -> new Told.Done("it says that it is " + (on ? "on" : "off")));
    }

    private Optional<Boolean> isOn(Map<String, String> told) {
        String word =
                told.getOrDefault(at("stat", power()), output == 1 ? told.getOrDefault(at("stat", "POWER"), "") : "");
        return word.equals("ON") ? Optional.of(true) : word.equals("OFF") ? Optional.of(false) : Optional.empty();
    }

    /** With several outputs that are measured one by one it is a list. */
    private OptionalDouble watts(Map<String, String> told) {
        JsonNode power = Reply.json(told.getOrDefault(at("stat", "STATUS10"), "{}"))
                .map(json -> json.path("StatusSNS").path("ENERGY").path("Power"))
                .map(node -> node.isArray() ? node.path(output - 1) : node)
                .orElse(Reply.JSON.missingNode());
        return power.isNumber() ? OptionalDouble.of(power.asDouble()) : OptionalDouble.empty();
    }

    private String power() {
        return "POWER" + output;
    }

    private String at(String prefix, String command) {
        String full = topic.contains(PREFIX) ? topic : PREFIX + "/" + topic;
        return full.replace(PREFIX, prefix) + "/" + command;
    }
}
