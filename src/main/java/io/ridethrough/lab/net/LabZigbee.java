package io.ridethrough.lab.net;

import io.ridethrough.contract.HomeHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A simulated Zigbee2MQTT with what its contract expects of devices, whose availability it keeps (protocols 5: retained;
 * version 2 says it as JSON; the coordinator is among its devices; its last will says offline).
 */
public final class LabZigbee implements AutoCloseable {
    private final HomeHealth.Zigbee declared;
    private final BridgeClient client;

    public LabZigbee(HomeHealth.Zigbee declared, String uri) {
        this.declared = declared;
        client = new BridgeClient(
                uri,
                "lab-zigbee-" + declared.topic(),
                Optional.of(new BridgeClient.Will(topic("bridge/state"), state(false))));
        List<UpsForm.Message> all = new ArrayList<>();
        all.add(kept("bridge/state", state(true)));
        all.add(kept(
                "bridge/devices",
                Stream.concat(Stream.of("Coordinator"), declared.devices().stream())
                        .map(name -> "{\"friendly_name\":\"" + name + "\"}")
                        .collect(Collectors.joining(",", "[", "]"))));
        declared.devices().forEach(name -> all.add(kept(name + "/availability", state(true))));
        client.publish(all);
    }

    /** The bridge itself is there, or says that it is not. */
    public void bridge(boolean online) {
        client.publish(List.of(kept("bridge/state", state(online))));
    }

    /** A device answers, or has not for too long. */
    public void device(String name, boolean online) {
        client.publish(List.of(kept(name + "/availability", state(online))));
    }

    private static String state(boolean online) {
        return "{\"state\":\"" + (online ? "online" : "offline") + "\"}";
    }

    private UpsForm.Message kept(String topic, String payload) {
        return new UpsForm.Message(topic(topic), payload, 1, true);
    }

    private String topic(String rest) {
        return declared.topic() + "/" + rest;
    }

    @Override
    public void close() {
        client.close();
    }
}
