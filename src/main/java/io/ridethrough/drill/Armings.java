package io.ridethrough.drill;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether a site may be armed (R37): with contracts that passed a whole drill, or with a waiver; and on what grounds each
 * was. Folded from the journal, durable when a change returns. Thread-safe.
 */
public final class Armings {
    private static final String KIND = "arming";

    private final Journal journal;
    private final DrillBook book;
    private final Map<SiteId, Arming> armings = new TreeMap<>();

    /** What may be done. */
    public sealed interface Answer {}

    /** It may be armed on these grounds. */
    public record Granted(Arming.Grounds grounds) implements Answer {}

    /** It may not, and why. */
    public record Refused(String reason) implements Answer {}

    /** Folds what the journal holds. */
    public Armings(Journal journal, DrillBook book) {
        this.journal = journal;
        this.book = book;
        journal.ofKinds(KIND).forEach(this::fold);
    }

    /**
     * Whether a site may be armed with these contracts. Changes nothing.
     *
     * @param waiver why no rehearsal is needed, if a person says so
     */
    public synchronized Answer ask(SiteId site, Contracts contracts, Optional<String> waiver) {
        if (waiver.isPresent()) {
            return new Granted(new Arming.Waived(waiver.get()));
        }
        String digest = contracts.digestOf(site);
        try {
            return book.whole(site, digest)
                    .map(record -> judged(site, record))
                    .orElseGet(() -> new Refused(missing(site, digest)));
        } catch (DrillBook.UnreadableBook e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static Answer judged(SiteId site, JsonNode record) {
        long number = record.path("number").asLong();
        return record.path("passed").asBoolean()
                ? new Granted(new Arming.Rehearsed(number, record.path("hash").asText()))
                : new Refused("drill " + number + " of " + site + " with exactly these contracts has failed: look at it"
                        + " with rehearse " + site + " --last");
    }

    private String missing(SiteId site, String digest) {
        return book.last(site)
                .map(last -> last.path("contracts").asText().equals(digest)
                        ? "drill " + last.path("number").asLong() + " of " + site
                                + " was not whole: it left out scenarios"
                        : "the contracts are others than in drill "
                                + last.path("number").asLong() + " of " + site
                                + ": they need a drill of their own (and a service that goes by them: reload)")
                .orElse(site + " was never rehearsed");
    }

    /** Records on what grounds a site is armed; before it is. */
    public synchronized void record(SiteId site, Contracts contracts, Arming.Grounds grounds, String by) {
        Arming arming = new Arming(contracts.digestOf(site), grounds);
        fold(journal.append(Optional.empty(), KIND, arming.json(site.value(), by)));
    }

    /** On what grounds a site was armed last, if that is on record. */
    public synchronized Optional<Arming> of(SiteId site) {
        return Optional.ofNullable(armings.get(site));
    }

    private void fold(Entry entry) {
        armings.put(new SiteId(entry.body().path("site").asText()), Arming.of(entry.body()));
    }
}
