package io.ridethrough.target.zigbee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ZigbeeTopicsTest {
    private static final ZigbeeTopics TOPICS = new ZigbeeTopics("zigbee2mqtt");
    private static final String PAIRED = """
            [{"friendly_name":"Coordinator"},{"friendly_name":"hall/door"},{"friendly_name":"button"}]""";

    @Test
    void theBridgeSaysItAsJsonOrAsABareWord() {
        assertThat(TOPICS.state(Map.of("zigbee2mqtt/bridge/state", "{\"state\":\"online\"}")))
                .isEqualTo("online");
        assertThat(TOPICS.state(Map.of("zigbee2mqtt/bridge/state", "offline"))).isEqualTo("offline");
        assertThat(TOPICS.state(Map.of())).isEmpty();
    }

    @Test
    void aDeviceIsAvailableOnlyWhereThatIsKept() {
        Map<String, String> kept = Map.of(
                "zigbee2mqtt/bridge/devices",
                PAIRED,
                "zigbee2mqtt/hall/door/availability",
                "{\"state\":\"online\"}",
                "zigbee2mqtt/lamp/availability",
                "{\"state\":\"online\"}");

        assertThat(TOPICS.of(List.of("hall/door")))
                .containsExactly("zigbee2mqtt/bridge/devices", "zigbee2mqtt/hall/door/availability");
        assertThat(TOPICS.devices(kept, List.of("hall/door", "button", "lamp")))
                .contains(new ZigbeeTopics.Devices(
                        List.of("hall/door"), List.of("lamp is not paired"), List.of("button")));
        assertThat(TOPICS.devices(Map.of(), List.of("button")))
                .as("without the list nothing is told")
                .isEmpty();
    }
}
