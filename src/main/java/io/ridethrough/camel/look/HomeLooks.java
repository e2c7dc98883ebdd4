package io.ridethrough.camel.look;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Control;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.homeassistant.HomeTold;
import io.ridethrough.target.way.Way;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What Home Assistant says of itself. */
final class HomeLooks implements Looks {
    private final Way<HomeAsk> homes;

    HomeLooks(Way<HomeAsk> homes) {
        this.homes = homes;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        AssetId guest = subject.id();
        return switch (probe.ask()) {
            case HOME_STATE ->
                homes.ask(guest, new HomeAsk.State())
                        .thenApply(told -> Seeing.as(
                                told,
                                HomeTold.Running.class,
                                state -> Map.of("state", state.word(), "version", state.version())));
            case HOME_INTEGRATIONS ->
                homes.ask(guest, new HomeAsk.Integrations())
                        .thenApply(told -> Seeing.as(
                                told,
                                HomeTold.Integrations.class,
                                all -> Map.of("not_loaded", all.notLoaded(), "reauth", all.reauth())));
            default ->
                homes.ask(guest, new HomeAsk.AddOns())
                        .thenApply(told -> Seeing.as(
                                told,
                                HomeTold.AddOns.class,
                                all -> Map.of(
                                        "started",
                                                all.states().keySet().stream()
                                                        .filter(all::runs)
                                                        .toList(),
                                        "not_started",
                                                all.states().keySet().stream()
                                                        .filter(slug -> !all.runs(slug))
                                                        .toList())));
        };
    }
}
