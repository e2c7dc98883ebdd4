package io.ridethrough.camel.look;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Control;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nas.NasTold;
import io.ridethrough.target.way.Way;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What a NAS says of itself. */
final class NasLooks implements Looks {
    private final Way<NasAsk> nases;

    NasLooks(Way<NasAsk> nases) {
        this.nases = nases;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        AssetId nas = subject.id();
        return switch (probe.ask()) {
            case DSM_STORAGE ->
                nases.ask(nas, new NasAsk.Storage())
                        .thenApply(told -> Seeing.as(
                                told,
                                NasTold.Storage.class,
                                storage -> Map.of(
                                        "parts",
                                                storage.parts().stream()
                                                        .map(NasTold.Part::id)
                                                        .toList(),
                                        "unwell", storage.troubles())));
            case DSM_EXPORTS ->
                nases.ask(nas, new NasAsk.Exports())
                        .thenApply(told ->
                                Seeing.as(told, NasTold.Exports.class, exports -> Map.of("exports", exports.paths())));
            case DSM_POWER ->
                nases.ask(nas, new NasAsk.PowerSettings())
                        .thenApply(told -> Seeing.as(
                                told,
                                NasTold.PowerSettings.class,
                                power -> Map.of(
                                        "starts_after_outage", word(power.startsAfterOutage()),
                                        "wake_on_lan",
                                                power.wakeOnLan().entrySet().stream()
                                                        .filter(port -> port.getValue() == NasTold.Setting.ON)
                                                        .map(Map.Entry::getKey)
                                                        .toList())));
            default ->
                nases.ask(nas, new NasAsk.Ups())
                        .thenApply(told -> Seeing.as(
                                told,
                                NasTold.Ups.class,
                                ups -> Map.of("enabled", word(ups.enabled()), "mode", ups.mode())));
        };
    }

    private static String word(NasTold.Setting setting) {
        return setting.name().toLowerCase(Locale.ROOT);
    }
}
