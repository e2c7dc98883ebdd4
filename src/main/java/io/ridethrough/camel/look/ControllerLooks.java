package io.ridethrough.camel.look;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Control;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.unifi.UnifiTold;
import io.ridethrough.target.way.Way;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What a network controller knows of its devices. */
final class ControllerLooks implements Looks {
    private final Way<UnifiAsk> controllers;

    ControllerLooks(Way<UnifiAsk> controllers) {
        this.controllers = controllers;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        AssetId controller = subject.id();
        if (probe.ask() == Control.Ask.UNIFI_RESERVATIONS) {
            return controllers
                    .ask(controller, new UnifiAsk.Reservations())
                    .thenApply(told -> Seeing.as(
                            told,
                            UnifiTold.Reservations.class,
                            all -> Map.of(
                                    "reservations",
                                    all.reservations().stream()
                                            .map(one -> one.mac().toLowerCase(Locale.ROOT) + " " + one.address())
                                            .toList())));
        }
        return controllers
                .ask(controller, new UnifiAsk.Devices())
                .thenApply(told -> Seeing.as(
                        told,
                        UnifiTold.Devices.class,
                        all -> Map.of(
                                "macs",
                                macs(all, true, true),
                                "online",
                                macs(all, true, false),
                                "not_online",
                                macs(all, false, true))));
    }

    private static List<String> macs(UnifiTold.Devices all, boolean online, boolean others) {
        return all.devices().stream()
                .filter(device -> device.state() == UnifiTold.State.ONLINE ? online : others)
                .map(device -> device.mac().toLowerCase(Locale.ROOT))
                .toList();
    }
}
