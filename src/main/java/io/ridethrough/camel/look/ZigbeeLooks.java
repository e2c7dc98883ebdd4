package io.ridethrough.camel.look;

import io.ridethrough.contract.Control;
import io.ridethrough.contract.HomeHealth;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.mqtt.BrokerAccess;
import io.ridethrough.target.mqtt.RetainedMessages;
import io.ridethrough.target.zigbee.ZigbeeTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What a Zigbee2MQTT keeps on its broker of itself and of its devices. */
final class ZigbeeLooks implements Looks {
    private final RetainedMessages brokers;

    ZigbeeLooks(RetainedMessages brokers) {
        this.brokers = brokers;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        Optional<HomeHealth.Zigbee> declared = subject.site().upkeep().home().flatMap(HomeHealth::zigbee);
        if (declared.isEmpty()) {
            return Seeing.unseen("no zigbee2mqtt is declared");
        }
        ZigbeeTopics topics = new ZigbeeTopics(declared.get().topic());
        List<String> names = declared.get().devices();
        Duration quiet = probe.limit().dividedBy(3);
        return probe.ask() == Control.Ask.ZIGBEE_BRIDGE
                ? kept(declared.get(), Set.of(topics.bridge()), quiet, kept -> bridge(topics.state(kept)))
                : kept(declared.get(), topics.of(names), quiet, kept -> topics.devices(kept, names)
                        .map(ZigbeeLooks::devices)
                        .orElseGet(() -> new Look.Unseen("the bridge keeps no list of its devices")));
    }

    private CompletionStage<Look> kept(
            HomeHealth.Zigbee zigbee, Set<String> topics, Duration quiet, Function<Map<String, String>, Look> read) {
        return brokers.of(BrokerAccess.Broker.of(zigbee), topics, quiet)
                .thenApply(answer -> answer instanceof RetainedMessages.Kept kept
                        ? read.apply(kept.payloads())
                        : new Look.Unseen(((RetainedMessages.Unreachable) answer).why()));
    }

    private static Look bridge(String state) {
        return new Look.Seen(Map.of("state", state.isEmpty() ? "nothing is kept" : state));
    }

    /** Nothing kept of a device is no evidence: the bridge may not be told to keep it. */
    private static Look devices(ZigbeeTopics.Devices devices) {
        return devices.untold().isEmpty() || !devices.away().isEmpty()
                ? new Look.Seen(Map.of("available", devices.available(), "away", devices.away()))
                : new Look.Unseen("no availability is kept of " + String.join(", ", devices.untold())
                        + ": availability may not be enabled");
    }
}
