package io.ridethrough.target.plug;

import io.ridethrough.target.mqtt.BrokerTalk.Message;
import io.ridethrough.target.way.Told;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The first generation of Shelly (its API documentation, MQTT): {@code update} has it tell everything now, {@code relay/0}
 * tells {@code on}, {@code off} or {@code overpower}, and {@code relay/0/power} watts, where it measures.
 *
 * @param id what follows {@code shellies/} in its topics
 * @param output from 0
 */
record Shelly1(String id, int output) implements Dialect {
    @Override
    public Set<String> answers() {
        return Set.of(relay(), relay() + "/power");
    }

    @Override
    public String presence() {
        return "shellies/" + id + "/online";
    }

    @Override
    public List<Message> asks() {
        return List.of(new Message("shellies/" + id + "/command", "update"));
    }

    @Override
    public Optional<Told> state(Map<String, String> told) {
        return switch (told.getOrDefault(relay(), "")) {
            case "on" -> Optional.of(new PlugTold.State(true, watts(told)));
            case "off" -> Optional.of(new PlugTold.State(false, watts(told)));
            case "overpower" -> Optional.of(overpower());
            default -> Optional.empty();
        };
    }

    @Override
    public boolean isWhole(Map<String, String> told) {
        return state(told).isPresent() && told.containsKey(relay() + "/power");
    }

    @Override
    public Message switches(boolean on) {
        return new Message(relay() + "/command", on ? "on" : "off");
    }

    @Override
    public Optional<Told> switched(Map<String, String> told, boolean on) {
        String word = told.getOrDefault(relay(), "");
        if (word.equals("overpower")) {
            return Optional.of(overpower());
        }
        return word.equals(on ? "on" : "off") ? Optional.of(new Told.Done("it says " + word)) : Optional.empty();
    }

    /** It protects itself: that is for a person to see to. */
    private static Told overpower() {
        return new Told.Declined("it has switched itself off: overpower");
    }

    private OptionalDouble watts(Map<String, String> told) {
        try {
            return OptionalDouble.of(Double.parseDouble(told.getOrDefault(relay() + "/power", "")));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private String relay() {
        return "shellies/" + id + "/relay/" + output;
    }
}
