package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.api.Reload;
import io.ridethrough.contract.ContractChanges;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.InForce;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import io.ridethrough.run.Progress;
import io.ridethrough.run.Runs;
import io.ridethrough.run.SealedContracts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contracts of the folder, taken in place of those in use. A site that an open run was planned for stays as that run
 * knows it (R33) and is taken once the run has ended. Thread-safe.
 */
final class FolderReload implements Reload {
    private static final Logger LOG = LoggerFactory.getLogger(FolderReload.class);
    private static final String TAKEN = "contracts-taken";

    private final Supplier<ContractFolder.Held> folder;
    private final InForce inUse;
    private final Journal journal;
    private final Runs runs;
    private final Parts parts;
    private @Nullable Refused lastRefusal;

    /** A part of the service that goes by contracts. */
    record Part(String name, Consumer<Contracts> follows) {
        /** Why it does not go by those from now on, if so. */
        Optional<String> tried(Contracts now) {
            try {
                follows.accept(now);
                return Optional.empty();
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("Not all goes by the contracts that were taken: {}", name);
                return Optional.of(name + ": " + e.getMessage());
            }
        }
    }

    /**
     * All that goes by contracts.
     *
     * @param objection why some should not be taken now, if so
     * @param reaching what reaches targets: no run begins before all of it goes by them
     * @param heeding what follows then
     * @param gone is told of a site that is declared no more
     */
    record Parts(
            Function<Contracts, Optional<String>> objection,
            List<Part> reaching,
            List<Part> heeding,
            Consumer<SiteId> gone) {}

    /** @param inUse what everything goes by */
    FolderReload(Supplier<ContractFolder.Held> folder, InForce inUse, Journal journal, Runs runs, Parts parts) {
        this.folder = folder;
        this.inUse = inUse;
        this.journal = journal;
        this.runs = runs;
        this.parts = parts;
    }

    /** Has everything go by the contracts in use for the first time; nothing is taken before that. */
    synchronized void first(Consumer<Contracts> all) {
        all.accept(inUse.get());
    }

    @Override
    public synchronized Answer look() {
        ContractFolder.Held held = folder.get();
        if (held.declared().contracts().isEmpty()) {
            return invalid(held);
        }
        Optional<Contracts> now = beside(held.declared(), open());
        return now.isEmpty() ? notBeside() : offered(held, now.get(), false);
    }

    @Override
    public synchronized Answer take(String folder, String by) {
        ContractFolder.Held held = this.folder.get();
        if (held.declared().contracts().isEmpty()) {
            return invalid(held);
        }
        if (!held.digest().startsWith(folder)) {
            return new Refused("the folder holds others by now (" + held.digest() + "), which nobody has looked at");
        }
        return taken(held, by);
    }

    /**
     * Sites that waited for the end of a run go by the folder now, where the run has ended and the folder holds what was
     * taken then.
     */
    synchronized void catchUp() {
        Contracts before = inUse.get();
        Set<String> open = open();
        if (before.kept().sites().isEmpty()
                || before.kept().sites().keySet().stream().allMatch(this::isHeld)) {
            return;
        }
        ContractFolder.Held held = folder.get();
        Optional<Contracts> declared = held.declared().contracts();
        if (declared.isEmpty() || !before.tookFrom(declared.get().digest())) {
            return;
        }
        Optional<Contracts> now = beside(held.declared(), open);
        if (now.isPresent()
                && !now.get().kept().sites().equals(before.kept().sites())
                && taken(held, "the end of a run") instanceof Refused refused
                && !refused.equals(lastRefusal)) {
            lastRefusal = refused;
            LOG.atWarn().addKeyValue("reason", refused.reason()).log("The contracts of the folder are not taken yet");
        }
    }

    private boolean isHeld(SiteId site) {
        return runs.runAt(site).isPresent();
    }

    private Set<String> open() {
        Set<String> open = new HashSet<>();
        runs.progress().stream().map(Progress::run).forEach(open::add);
        return open;
    }

    /** Nothing where an open run is in memory only: what it was planned with stands nowhere. */
    private Optional<Contracts> beside(Declared declared, Set<String> open) {
        Set<String> written = new HashSet<>();
        SealedContracts.left(journal).forEach(left -> written.add(left.run()));
        return written.containsAll(open) ? ContractsInUse.beside(declared, journal) : Optional.empty();
    }

    private Answer taken(ContractFolder.Held held, String by) {
        while (true) {
            Set<String> open = open();
            Optional<Contracts> fitting = beside(held.declared(), open);
            if (fitting.isEmpty()) {
                return notBeside();
            }
            Contracts now = fitting.get();
            Offered offered = offered(held, now, true);
            Optional<Answer> answer = runs.whileNoneBegins(
                    () -> open().equals(open) ? Optional.of(swapped(offered, now, by)) : Optional.empty());
            if (answer.isPresent()) {
                return answer.get() instanceof Offered swapped ? heeded(swapped, now, by) : answer.get();
            }
        }
    }

    private Answer swapped(Offered offered, Contracts now, String by) {
        Optional<String> objection = parts.objection().apply(now);
        if (objection.isPresent()) {
            return new Refused(objection.get());
        }
        try {
            journal.append(
                    Optional.empty(),
                    TAKEN,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("contracts", now.inFolder())
                            .put("before", inUse.get().inFolder())
                            .put("by", by));
        } catch (JournalException e) {
            return new Refused("it cannot be recorded: " + e.getMessage());
        }
        inUse.replace(now);
        return offered.with(followed(parts.reaching(), now));
    }

    private Answer heeded(Offered swapped, Contracts now, String by) {
        Offered all = swapped.with(followed(parts.heeding(), now));
        swapped.changes().sites().forEach((site, change) -> {
            if (change == ContractChanges.Change.REMOVED) {
                parts.gone().accept(site);
            }
        });
        LOG.atWarn()
                .addKeyValue("by", by)
                .addKeyValue("sites", swapped.changes().sites().keySet())
                .log("Contracts {} are in use", now.inFolder());
        return all;
    }

    private static List<String> followed(List<Part> parts, Contracts now) {
        return parts.stream().flatMap(part -> part.tried(now).stream()).toList();
    }

    private Offered offered(ContractFolder.Held held, Contracts now, boolean taken) {
        Contracts before = inUse.get();
        ContractChanges changes = ContractChanges.between(before, now);
        Map<SiteId, String> waiting = new TreeMap<>();
        now.kept().sites().keySet().forEach(site -> runs.runAt(site).ifPresent(run -> waiting.put(site, run)));
        boolean same =
                changes.sites().isEmpty() && !changes.shared() && now.inFolder().equals(before.inFolder());
        return new Offered(held.digest(), same, changes, waiting, taken, List.of());
    }

    private static Answer invalid(ContractFolder.Held held) {
        return new Invalid(held.declared().trouble().lines().toList());
    }

    private static Answer notBeside() {
        return new Refused("they do not fit together with those that an open run was planned with; try again once it"
                + " has ended, or abandon it");
    }
}
