package io.ridethrough.cli;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Kept;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Wording;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import io.ridethrough.journal.Journal;
import io.ridethrough.run.SealedContracts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contracts that a process goes by: those of the folder, but the policy and every site of a run that an earlier process
 * left as they were when that run was planned (R33). Where the folder cannot be read, all is as it was for the newest of these runs.
 */
final class ContractsInUse {
    private static final Logger LOG = LoggerFactory.getLogger(ContractsInUse.class);
    private static final String ROOT = "contracts";
    private static final String POLICY = "policy.yaml";

    private final Declared declared;
    /** The sites of runs that were planned with others, by what they were planned with; the newest run comes last. */
    private final Map<SealedContracts.Left, Wording> others = new LinkedHashMap<>();
    /** Whether what each of them was planned with is known. */
    private boolean known = true;

    private ContractsInUse(Declared declared, Journal journal) {
        this.declared = declared;
        String now = declared.orNothing().digest();
        for (SealedContracts.Left left : SealedContracts.left(journal)) {
            Optional<Wording> sealed = SealedContracts.read(journal, left.contracts());
            if (!left.contracts().equals(now)) {
                sealed.ifPresentOrElse(wording -> others.put(left, wording), () -> {
                    known = false;
                    LOG.atWarn()
                            .addKeyValue("run", left.run())
                            .log("The contracts this run was planned with are not in the journal");
                });
            }
        }
    }

    /**
     * What counts.
     *
     * @throws UserError when the folder cannot be read and no run that is open tells what was in it
     */
    static Contracts of(Declared declared, Journal journal) {
        ContractsInUse choice = new ContractsInUse(declared, journal);
        if (choice.others.isEmpty()) {
            return declared.orRefusal();
        }
        return choice.perSite().or(choice::newestAlone).orElseGet(declared::orRefusal);
    }

    /**
     * What counts once the folder is taken while runs are open: each of their sites as it was when its run was planned.
     * Nothing when these are not known, or do not fit together with the folder.
     */
    static Optional<Contracts> beside(Declared declared, Journal journal) {
        ContractsInUse choice = new ContractsInUse(declared, journal);
        if (!choice.known) {
            return Optional.empty();
        }
        return choice.others.isEmpty() ? declared.contracts() : choice.perSite();
    }

    /** Each site from where it belongs; nothing when they do not fit together. */
    private Optional<Contracts> perSite() {
        Optional<Wording> base = declared.contracts().isPresent()
                ? declared.contracts().get().wording()
                : Optional.of(newest().getValue());
        return base.flatMap(wording -> joined(wording, others));
    }

    private Map.Entry<SealedContracts.Left, Wording> newest() {
        List<Map.Entry<SealedContracts.Left, Wording>> all = new ArrayList<>(others.entrySet());
        return all.get(all.size() - 1);
    }

    private Optional<Contracts> newestAlone() {
        Map.Entry<SealedContracts.Left, Wording> newest = newest();
        return joined(newest.getValue(), Map.of(newest.getKey(), newest.getValue()));
    }

    private Optional<Contracts> joined(Wording base, Map<SealedContracts.Left, Wording> kept) {
        try {
            TreeMap<String, byte[]> files = new TreeMap<>(base.files());
            Map<SiteId, String> digests = new TreeMap<>();
            kept.forEach((left, wording) -> left.sites().forEach(site -> {
                String below = "sites/" + site + "/";
                files.keySet().removeIf(path -> path.startsWith(below));
                wording.files().forEach((path, bytes) -> {
                    if (path.startsWith(below)) {
                        files.put(path, bytes);
                    }
                });
                digests.put(site, left.contracts());
            }));
            kept.values().forEach(wording -> Optional.ofNullable(wording.files().get(POLICY))
                    .ifPresent(policy -> files.put(POLICY, policy)));
            Loaded loaded = new ContractLoader().load(ROOT, SourceFile.of(Wording.of(files)));
            if (loaded instanceof Loaded.Ok ok) {
                String folder = declared.contracts().map(Contracts::digest).orElse(Kept.UNREADABLE);
                digests.forEach((site, digest) -> LOG.atWarn()
                        .addKeyValue("site", site)
                        .log(
                                "Its open run was planned with contracts {}, folder now {}: goes on with those it was"
                                        + " planned with",
                                digest,
                                folder));
                Contracts joined = ok.contracts().keeping(new Kept(digests, folder));
                return Optional.of(declared.contracts()
                        .map(Contracts::standard)
                        .map(joined::judgedBy)
                        .orElse(joined));
            }
            LOG.atError()
                    .log("The contracts that open runs were planned with do not fit those of now: {}", loaded.render());
        } catch (IllegalArgumentException e) {
            LOG.atError().setCause(e).log("Sealed contracts cannot be read");
        }
        return Optional.empty();
    }
}
