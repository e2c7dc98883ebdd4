package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Wording;
import io.ridethrough.journal.Journal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The contracts that runs were planned with, in the journal: each once, however many runs are planned with them, and
 * before the first of these begins (R33).
 */
public final class SealedContracts {
    private SealedContracts() {}

    /**
     * A run that goes on when the process does.
     *
     * @param contracts the digest of those it was planned with
     */
    public record Left(String run, String contracts, Set<SiteId> sites) {}

    /** The runs that an earlier process left open, oldest first. */
    public static List<Left> left(Journal journal) {
        return Unfinished.of(journal).stream()
                .filter(run -> run.closed.isEmpty())
                .map(run -> new Left(run.id, run.contracts, run.plan.sites()))
                .toList();
    }

    /** The contracts of that digest, word for word, if they were sealed. */
    public static Optional<Wording> read(Journal journal, String digest) {
        return journal.ofKinds(Notes.CONTRACTS).stream()
                .filter(entry -> entry.body().path("digest").asText().equals(digest))
                .findFirst()
                .map(entry -> new Wording(entry.body().path("files").asText()));
    }

    /** The record to write before a run of these contracts begins; nothing where it is written, or there is none. */
    static Optional<ObjectNode> missing(Journal journal, Contracts contracts) {
        return contracts
                .wording()
                .filter(wording -> read(journal, contracts.digest()).isEmpty())
                .map(wording -> Notes.object().put("digest", contracts.digest()).put("files", wording.packed()));
    }
}
