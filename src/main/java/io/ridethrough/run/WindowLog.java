package io.ridethrough.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Policy;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import java.time.Instant;
import java.util.Optional;

/**
 * What the journal tells of declared windows: since when each is kept, and what was decided at its planned times.
 * Durable when a change returns.
 */
public final class WindowLog {
    private static final String DECIDED = "window";
    private static final String KEPT = "window-kept";

    /** What became of a window's planned time. */
    public enum Decision {
        BEGUN,
        /** Its time had come and it may not run. */
        REFUSED,
        /** Its time passed and nobody was there to begin it; it is not run late. */
        MISSED
    }

    /** One decision about one planned time of a window. */
    public record Decided(String window, Instant planned, Decision decision, String reason) {}

    private final Journal journal;

    public WindowLog(Journal journal) {
        this.journal = journal;
    }

    public void decided(Decided decided) {
        journal.append(
                Optional.empty(),
                DECIDED,
                Notes.object()
                        .put("window", decided.window())
                        .put("planned", decided.planned().toString())
                        .put("decision", decided.decision().name())
                        .put("reason", decided.reason()));
    }

    /** Whether something was decided about that planned time: it is never decided about twice (R9). */
    public boolean knows(String window, Instant planned) {
        return journal.ofKinds(DECIDED).stream()
                .anyMatch(entry -> isOf(entry, window)
                        && entry.body().path("planned").asText().equals(planned.toString()));
    }

    /** What was decided last about a window. */
    public Optional<Decided> last(String window) {
        return journal.ofKinds(DECIDED).stream()
                .filter(entry -> isOf(entry, window))
                .reduce((before, after) -> after)
                .map(entry -> decided(entry.body()));
    }

    /** The window is kept from now on: its planned times up to now are accounted for. */
    public void kept(Policy.Window window, Instant now) {
        journal.append(
                Optional.empty(),
                KEPT,
                Notes.object()
                        .put("window", window.id())
                        .put("cron", window.cron())
                        .put("zone", window.zone().getId())
                        .put("until", now.toString()));
    }

    /** Up to when its planned times are accounted for; empty for a window that was never declared so before. */
    public Optional<Instant> keptUntil(Policy.Window window) {
        return journal.ofKinds(KEPT).stream()
                .filter(entry -> isOf(entry, window.id()))
                .reduce((before, after) -> after)
                .map(Entry::body)
                .filter(body -> body.path("cron").asText().equals(window.cron())
                        && body.path("zone").asText().equals(window.zone().getId()))
                .map(body -> Instant.parse(body.path("until").asText()));
    }

    private static boolean isOf(Entry entry, String window) {
        return entry.body().path("window").asText().equals(window);
    }

    private static Decided decided(JsonNode body) {
        return new Decided(
                body.path("window").asText(),
                Instant.parse(body.path("planned").asText()),
                Decision.valueOf(body.path("decision").asText()),
                body.path("reason").asText());
    }
}
