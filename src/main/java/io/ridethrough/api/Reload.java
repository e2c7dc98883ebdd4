package io.ridethrough.api;

import io.ridethrough.contract.ContractChanges;
import io.ridethrough.contract.SiteId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes the contracts of the folder while the service runs: whole, or not at all. Thread-safe. */
public interface Reload {
    /** What came of it. */
    sealed interface Answer {}

    /** The folder cannot be read; all that is wrong with it, each with its place. */
    record Invalid(List<String> errors) implements Answer {
        public Invalid {
            errors = List.copyOf(errors);
        }
    }

    /** It cannot be taken now. */
    record Refused(String reason) implements Answer {}

    /**
     * What the folder holds.
     *
     * @param folder the digest of all files in it
     * @param same whether nothing in it is otherwise
     * @param changes against what is in use, without that of the sites that wait
     * @param waiting the sites that go on as they are until the run that was planned so has ended, by that run
     * @param troubles what of the service does not go by them although they are taken
     */
    record Offered(
            String folder,
            boolean same,
            ContractChanges changes,
            Map<SiteId, String> waiting,
            boolean taken,
            List<String> troubles)
            implements Answer {
        public Offered {
            waiting = new TreeMap<>(waiting);
            troubles = List.copyOf(troubles);
        }

        /** The same with more troubles. */
        public Offered with(List<String> more) {
            List<String> all = new ArrayList<>(troubles);
            all.addAll(more);
            return new Offered(folder, same, changes, waiting, taken, all);
        }
    }

    /** What would be taken. Changes nothing. */
    Answer look();

    /**
     * Takes what the folder holds, if that is still what was looked at.
     *
     * @param folder the digest of the folder that was looked at, or its beginning
     * @param by who takes them, for the record
     */
    Answer take(String folder, String by);
}
