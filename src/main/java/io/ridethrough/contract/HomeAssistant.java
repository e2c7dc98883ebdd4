package io.ridethrough.contract;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Home Assistant of a site.
 *
 * @param radios the devices it talks through: it is started when they answer, or after a bounded wait
 * @param waits how long its start waits for them at most, and then for it to run
 * @param addOns the add-ons that must run
 * @param backup how long a backup of it takes at most, which planned work makes before it shuts it down; empty for none
 */
public record HomeAssistant(
        AssetId guest,
        ApiAccess api,
        Set<AssetId> radios,
        Duration waits,
        List<AddOn> addOns,
        Optional<Duration> backup) {
    public HomeAssistant {
        radios = Set.copyOf(radios);
        addOns = List.copyOf(addOns);
    }

    /** An add-on by its slug, as the supervisor knows it. */
    public record AddOn(String slug, String title) {}
}
