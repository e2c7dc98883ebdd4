package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.api.Reload;
import io.ridethrough.contract.ContractChanges;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.InForce;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import io.ridethrough.run.Runs;
import io.ridethrough.run.SealedContracts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contracts of the folder, taken in place of those in use. A site that an open run was planned for stays as that run
 * knows it (R33) and is taken once the run has ended. Thread-safe.
 */
final class FolderReload implements Reload {
    private static final Logger LOG = LoggerFactory.getLogger(FolderReload.class);
    private static final String TAKEN = "contracts-taken";

    private final Supplier<Declared> folder;
    private final InForce inUse;
    private final Journal journal;
    private final Runs runs;
    private final Function<Contracts, Runnable> following;

    /**
     * @param inUse what everything goes by
     * @param following what makes the service go by other contracts once they are in use; throws {@link
     *     IllegalArgumentException} where it cannot go by them
     */
    FolderReload(
            Supplier<Declared> folder,
            InForce inUse,
            Journal journal,
            Runs runs,
            Function<Contracts, Runnable> following) {
        this.folder = folder;
        this.inUse = inUse;
        this.journal = journal;
        this.runs = runs;
        this.following = following;
    }

    @Override
    public Answer look() {
        Declared declared = folder.get();
        if (declared.contracts().isEmpty()) {
            return new Invalid(declared.trouble().lines().toList());
        }
        return ContractsInUse.beside(declared, journal)
                .<Answer>map(now -> offered(now, ContractChanges.between(inUse.get(), now), false))
                .orElseGet(FolderReload::notBeside);
    }

    @Override
    public synchronized Answer take(String digest, String by) {
        Declared declared = folder.get();
        if (declared.contracts().isEmpty()) {
            return new Invalid(declared.trouble().lines().toList());
        }
        String held = declared.contracts().get().digest();
        if (!held.startsWith(digest)) {
            return new Refused("the folder holds contracts " + held + " by now, which nobody has looked at");
        }
        return taken(declared, by);
    }

    /** Sites that waited for the end of a run go by the folder now, where that can be read and the run has ended. */
    synchronized void catchUp() {
        Declared declared = folder.get();
        if (inUse.get().kept().sites().isEmpty() || declared.contracts().isEmpty()) {
            return;
        }
        boolean ended = ContractsInUse.beside(declared, journal)
                .filter(now -> !now.kept().sites().equals(inUse.get().kept().sites()))
                .isPresent();
        if (ended && taken(declared, "the end of a run") instanceof Refused refused) {
            LOG.atWarn().addKeyValue("reason", refused.reason()).log("The contracts of the folder are not taken yet");
        }
    }

    private Answer taken(Declared declared, String by) {
        while (true) {
            List<SealedContracts.Left> open = SealedContracts.left(journal);
            Optional<Contracts> fitting = ContractsInUse.beside(declared, journal);
            if (fitting.isEmpty()) {
                return notBeside();
            }
            Contracts now = fitting.get();
            ContractChanges changes = ContractChanges.between(inUse.get(), now);
            Runnable follow;
            try {
                follow = following.apply(now);
                journal.append(
                        Optional.empty(),
                        TAKEN,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("contracts", now.inFolder())
                                .put("before", inUse.get().inFolder())
                                .put("by", by));
            } catch (IllegalArgumentException | JournalException e) {
                return new Refused(String.valueOf(e.getMessage()));
            }
            boolean swapped = runs.whileNoneBegins(() -> {
                boolean same = SealedContracts.left(journal).equals(open);
                if (same) {
                    inUse.replace(now);
                }
                return same;
            });
            if (swapped) {
                follow.run();
                LOG.atWarn()
                        .addKeyValue("by", by)
                        .log(
                                "Contracts {} are in use: {}",
                                now.digest(),
                                changes.sites().keySet());
                return offered(now, changes, true);
            }
        }
    }

    private Offered offered(Contracts now, ContractChanges changes, boolean taken) {
        Map<SiteId, String> waiting = new TreeMap<>();
        now.kept().sites().keySet().forEach(site -> runs.runAt(site).ifPresent(run -> waiting.put(site, run)));
        return new Offered(now.inFolder(), inUse.get().inFolder(), changes, waiting, taken);
    }

    private static Answer notBeside() {
        return new Refused("they do not fit together with those that an open run was planned with; try again once it"
                + " has ended, or abandon it");
    }
}
