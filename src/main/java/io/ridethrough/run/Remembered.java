package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Seen;
import java.util.Set;
import java.util.TreeSet;

/** What was running before the last shutdown, and what a process that died may have taken down (R38). Not thread-safe. */
final class Remembered {
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
        } else if ("Desired".equals(sight) && !downByUs.contains(asset)) {
            known.add(asset);
            running.remove(asset);
        }
    }

    /** A shutdown is about to be sent: what is seen down later went down by it, also if nobody saw that. */
    void intended(JsonNode body) {
        if ("SHUT_DOWN".equals(body.path("verb").asText())) {
            downByUs.add(asset(body));
        }
    }

    void settled(JsonNode body) {
        if (!body.hasNonNull("asset")) {
            return;
        }
        AssetId asset = asset(body);
        String outcome = body.path("outcome").asText();
        boolean up = Set.of("START", "RECOVER").contains(body.path("verb").asText());
        if (up && Set.of("Done", "AlreadyDone").contains(outcome)) {
            seenToRun.add(asset);
            downByUs.remove(asset);
        }
    }

    private static AssetId asset(JsonNode body) {
        return AssetId.parse(body.path("asset").asText());
    }
}
