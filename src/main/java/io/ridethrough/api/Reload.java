package io.ridethrough.api;

import io.ridethrough.contract.ContractChanges;
import io.ridethrough.contract.SiteId;
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
     * @param digest of the contracts in the folder
     * @param inUse the digest of those that the service goes by, as the folder held them
     * @param changes against what is in use, without that of the sites that wait
     * @param waiting the sites that go on as they are until the run that was planned so has ended, by that run
     * @param taken whether it is in use now
     */
    record Offered(String digest, String inUse, ContractChanges changes, Map<SiteId, String> waiting, boolean taken)
            implements Answer {
        public Offered {
            waiting = new TreeMap<>(waiting);
        }
    }

    /** What would be taken. Changes nothing. */
    Answer look();

    /**
     * Takes what the folder holds, if that is still what was looked at.
     *
     * @param digest of the contracts that were looked at, or its beginning
     * @param by who takes them, for the record
     */
    Answer take(String digest, String by);
}
