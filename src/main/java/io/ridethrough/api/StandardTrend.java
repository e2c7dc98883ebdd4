package io.ridethrough.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the last evaluations of the whole standard came to at each site, by their receipts. A journal that cannot be read
 * gives no trend and stops nothing. Thread-safe.
 */
final class StandardTrend {
    private static final Logger LOG = LoggerFactory.getLogger(StandardTrend.class);
    private static final int PAGE = 50;
    /** Points that are kept of a site. */
    private static final int KEPT = 30;

    private final Journal journal;
    private final String world;
    private final Map<String, Deque<Point>> points = new TreeMap<>();
    private long known;

    /**
     * One evaluation.
     *
     * @param at an instant, as it stands on the receipt
     * @param score in per cent
     */
    record Point(String at, int score) {}

    StandardTrend(Journal journal, String world) {
        this.journal = journal;
        this.world = world;
    }

    /** Oldest first; evaluations of a pack alone, or in another world, are left out. */
    synchronized List<Point> of(SiteId site) {
        try {
            List<JsonNode> page = journal.receiptsAfter(known, PAGE);
            while (!page.isEmpty()) {
                page.forEach(this::note);
                known = page.get(page.size() - 1).path("number").asLong();
                page = journal.receiptsAfter(known, PAGE);
            }
        } catch (JournalException e) {
            LOG.atWarn().setCause(e).log("Earlier evaluations cannot be read");
        }
        return List.copyOf(points.getOrDefault(site.value(), new ArrayDeque<>()));
    }

    private void note(JsonNode receipt) {
        if (receipt.path("kind").asText().equals("standard")
                && !receipt.has("pack")
                && receipt.path("world").asText().equals(world)) {
            Deque<Point> all = points.computeIfAbsent(receipt.path("scope").asText(), site -> new ArrayDeque<>());
            all.addLast(
                    new Point(receipt.path("at").asText(), receipt.path("score").asInt()));
            if (all.size() > KEPT) {
                all.removeFirst();
            }
        }
    }
}
