package io.ridethrough.target.plug;

import io.ridethrough.contract.WakeWay.Plug;
import io.ridethrough.target.mqtt.BrokerTalk.Message;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a broker has to let us do for a plug, and no more. */
public final class PlugAccess {
    private PlugAccess() {}

    /** Lines for the access list of mosquitto (mosquitto.conf, acl_file). */
    public static List<String> of(Plug plug) {
        Dialect dialect = Dialect.of(plug, "ridethrough/+");
        TreeSet<String> reads = new TreeSet<>(dialect.answers());
        reads.add(dialect.presence());
        Stream<String> writes = Stream.concat(
                        dialect.asks().stream(), Stream.of(dialect.switches(true), dialect.switches(false)))
                .map(Message::topic)
                .distinct()
                .sorted();
        return Stream.concat(
                        reads.stream().map(topic -> "topic read " + topic), writes.map(topic -> "topic write " + topic))
                .toList();
    }
}
