package io.ridethrough.setup;

import io.ridethrough.contract.HomeHealth;
import io.ridethrough.contract.Ups;
import io.ridethrough.power.ReadingParser;
import io.ridethrough.target.zigbee.ZigbeeTopics;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a broker has to let us do, and no more, as lines for the access list of mosquitto (mosquitto.conf, acl_file). */
public final class BrokerAccessList {
    private BrokerAccessList() {}

    /** To hear how a UPS stands, to keep the newest receipt's head there and look at it, and to tell what is escalated. */
    public static List<String> of(Ups.MqttSource source) {
        return Stream.of(
                        new ReadingParser(source).filters().stream().map(filter -> "topic read " + filter),
                        source.receipts().stream().map(topic -> "topic readwrite " + topic),
                        source.escalations().stream().map(topic -> "topic write " + topic))
                .flatMap(lines -> lines)
                .toList();
    }

    /** To look at what a bridge keeps of itself and of the declared devices. */
    public static List<String> of(HomeHealth.Zigbee bridge) {
        ZigbeeTopics topics = new ZigbeeTopics(bridge.topic());
        Set<String> all = new TreeSet<>(topics.of(bridge.devices()));
        all.add(topics.bridge());
        return all.stream().map(topic -> "topic read " + topic).toList();
    }
}
