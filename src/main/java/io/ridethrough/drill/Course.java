package io.ridethrough.drill;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.lab.host.LabEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was seen while a scenario was played.
 *
 * @param speed how many simulated seconds passed in a real one
 * @param forecast what was forecast right before the mains failed, as the API tells it
 * @param log the hosts' own log, oldest first, from right before the mains failed
 * @param shutdown the receipt of the shutdown, if one was begun and ended
 * @param startup the receipt of the startup after it, if so
 * @param ran what ran before
 * @param up what ran at the end
 * @param byHand the machines whose power button a person pressed, for no way to wake them is declared
 * @param stuck the assets that were made to fail
 * @param waited what was waited for in vain
 */
public record Course(
        Scenario scenario,
        double speed,
        JsonNode forecast,
        List<LabEvent> log,
        Optional<JsonNode> shutdown,
        Optional<JsonNode> startup,
        Set<AssetId> ran,
        Set<AssetId> up,
        Set<AssetId> byHand,
        Set<AssetId> stuck,
        List<String> waited) {
    public Course {
        log = List.copyOf(log);
        ran = Set.copyOf(ran);
        up = Set.copyOf(up);
        byHand = Set.copyOf(byHand);
        stuck = Set.copyOf(stuck);
        waited = List.copyOf(waited);
    }
}
