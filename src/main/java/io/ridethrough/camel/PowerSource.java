package io.ridethrough.camel;

import io.ridethrough.contract.Ups;
import io.ridethrough.plan.Intent;
import io.ridethrough.power.Parsed;
import io.ridethrough.power.ReadingParser;
import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One UPS as a broker tells of it: the wire format ends here. Hostile messages are refused and change nothing. */
public final class PowerSource {
    private static final Logger LOG = LoggerFactory.getLogger(PowerSource.class);

    private final Ups ups;
    private final String broker;
    private final PowerWatch watch;
    private final ReadingParser parser;

    public PowerSource(Ups ups, Ups.MqttSource source, PowerWatch watch) {
        this.ups = ups;
        this.broker = source.broker();
        this.watch = watch;
        this.parser = new ReadingParser(source);
    }

    /**
     * Takes one message, straight from the client, since headers do not say whether it was retained. One that is delivered
     * again is a level as a retained one is, and no second sample (R7; MQTT 5, 3.3.1.1).
     */
    public List<Intent> hear(Message message) {
        if (!(message instanceof PahoMqtt5Message mqtt)) {
            throw new IllegalArgumentException("not from a broker");
        }
        String topic = message.getHeader("CamelMqttTopic", "", String.class);
        byte[] payload = mqtt.getMqttMessage().getPayload();
        Parsed said = parser.parse(payload, topic);
        if (said instanceof Parsed.Rejected rejected) {
            LOG.atWarn()
                    .addKeyValue("ups", ups.id())
                    .addKeyValue("reason", rejected.reason())
                    .log("A message was refused");
        }
        boolean levelOnly =
                mqtt.getMqttMessage().isRetained() || mqtt.getMqttMessage().isDuplicate();
        return watch.heard(ups.id(), said, levelOnly, broker);
    }
}
