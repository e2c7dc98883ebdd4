package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Seen;
import java.util.Set;
import java.util.TreeSet;

/** What was running before the last shutdown, and what a process that died may have taken down (R38). Not thread-safe. */
final class Remembered {
    private static final Set<String> STARTS = Set.of("START", "RECOVER");
    private static final Set<String> WELL = Set.of("Done", "AlreadyDone");

    private final Set<AssetId> known = new TreeSet<>();
    private final Set<AssetId> running = new TreeSet<>();
    private final Set<AssetId> downByUs = new TreeSet<>();
    private final Set<SiteId> doubted = new TreeSet<>();
    private final Set<AssetId> seenToRun = new TreeSet<>();

    /** What is seen down at that site tells nothing of who stopped it, until it is seen to run. */
    void doubted(SiteId site) {
        doubted.add(site);
        seenToRun.removeIf(asset -> asset.site().equals(site));
    }

    boolean isDoubted(AssetId asset) {
        return doubted.contains(asset.site()) && !seenToRun.contains(asset);
    }

    boolean isDownByUs(AssetId asset) {
        return downByUs.contains(asset);
    }

    Seen seen(Set<AssetId> held) {
        return new Seen(known, running, held);
    }

    /** A shutdown's first look. What we put down ourselves counts as running before. */
    void observed(JsonNode body) {
        if (!"SHUT_DOWN".equals(body.path("verb").asText())
                || body.path("again").asBoolean(false)
                || body.path("doubtful").asBoolean(false)) {
            return;
        }
        AssetId asset = asset(body);
        String sight = body.path("sight").asText();
        if ("Other".equals(sight)) {
            known.add(asset);
            running.add(asset);
            seenToRun.add(asset);
            downByUs.remove(asset);
        } else if ("Desired".equals(sight) && !downByUs.contains(asset)) {
            known.add(asset);
            running.remove(asset);
        }
    }

    /** A shutdown that is about to be sent: what is seen down later went down by it, also if nobody saw that. */
    void intended(JsonNode body) {
        if ("SHUT_DOWN".equals(body.path("verb").asText())) {
            downByUs.add(asset(body));
        }
    }

    void settled(JsonNode body) {
        boolean started = STARTS.contains(body.path("verb").asText())
                && WELL.contains(body.path("outcome").asText());
        if (started && body.hasNonNull("asset")) {
            seenToRun.add(asset(body));
            downByUs.remove(asset(body));
        }
    }

    private static AssetId asset(JsonNode body) {
        return AssetId.parse(body.path("asset").asText());
    }
}
