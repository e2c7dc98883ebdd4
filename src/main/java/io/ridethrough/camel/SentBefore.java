package io.ridethrough.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.plan.Phase;
import io.ridethrough.power.Course;
import io.ridethrough.run.Runs;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which way earlier processes sent each site by its power, from the runs that they began and stopped. */
final class SentBefore {
    private final Map<SiteId, Course> courses = new TreeMap<>();
    /** What was shed, of sites where nothing else went down. */
    private final Map<SiteId, Set<AssetId>> shed = new TreeMap<>();

    private SentBefore() {}

    static SentBefore of(Journal journal) {
        SentBefore before = new SentBefore();
        for (Entry entry : journal.ofKinds(Runs.BEGUN, Runs.STOPPED)) {
            JsonNode run = entry.body();
            if (run.has(Runs.TURNED)) {
                before.whole(new SiteId(run.path(Runs.TURNED).asText()), Course.PARTLY_DOWN);
            } else if (run.path("trigger").asText().equals("power")) {
                boolean down = run.path("phases").path(0).asText().equals(Phase.SHUTDOWN.word());
                for (String part : run.path("scope").asText().split(",", -1)) {
                    before.begun(part, down);
                }
            }
        }
        return before;
    }

    private void begun(String part, boolean down) {
        if (!part.contains("/")) {
            whole(new SiteId(part), down ? Course.DOWN : Course.UP);
            return;
        }
        AssetId asset = AssetId.parse(part);
        if (!down) {
            whole(asset.site(), Course.UP);
            return;
        }
        if (course(asset.site()) == Course.UP) {
            shed.put(asset.site(), new TreeSet<>());
        }
        courses.put(asset.site(), Course.PARTLY_DOWN);
        shed(asset.site()).ifPresent(guests -> guests.add(asset));
    }

    private void whole(SiteId site, Course course) {
        courses.put(site, course);
        shed.remove(site);
    }

    /** Which way the site was sent last. */
    Course course(SiteId site) {
        return courses.getOrDefault(site, Course.UP);
    }

    /** What was shed of it, where nothing else has gone down since it was up. */
    Optional<Set<AssetId>> shed(SiteId site) {
        return Optional.ofNullable(shed.get(site));
    }
}
