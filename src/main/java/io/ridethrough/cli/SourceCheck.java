package io.ridethrough.cli;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Ups;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether what tells of power can be reached from here. Asked for only, since it leaves this machine. */
final class SourceCheck {
    /** Knocks at a port. */
    @FunctionalInterface
    interface Door {
        void knock(SocketAddress address) throws IOException;
    }

    private SourceCheck() {}

    /** One symptom a broker or NUT server. */
    static List<Symptom> of(Contracts contracts, Door door) {
        Map<String, InetSocketAddress> sources = new LinkedHashMap<>();
        for (Site site : contracts.sites().values()) {
            for (Ups ups : site.power().upses()) {
                ups.mqtt()
                        .map(mqtt -> URI.create(mqtt.broker()))
                        .ifPresent(
                                uri -> sources.put("broker " + uri, new InetSocketAddress(uri.getHost(), port(uri))));
                ups.nut()
                        .ifPresent(nut -> sources.put(
                                "NUT server " + nut.host() + ":" + nut.port(),
                                new InetSocketAddress(nut.host(), nut.port())));
            }
        }
        List<Symptom> symptoms = new ArrayList<>();
        sources.forEach((name, address) -> {
            try {
                door.knock(address);
                symptoms.add(Symptom.well(name + " answers"));
            } catch (IOException e) {
                symptoms.add(Symptom.wrong(
                        name + " does not answer: " + e.getMessage(),
                        "see that it runs and that this machine may ask"));
            }
        });
        return symptoms;
    }

    /** The usual port of the scheme, where none is named (protocols 5). */
    private static int port(URI broker) {
        return broker.getPort() > 0 ? broker.getPort() : "ssl".equals(broker.getScheme()) ? 8883 : 1883;
    }
}
