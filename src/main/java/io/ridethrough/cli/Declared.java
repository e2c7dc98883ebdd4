package io.ridethrough.cli;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the contracts' folder holds as the process starts.
 *
 * @param trouble why it cannot be read, where there are none
 */
record Declared(Optional<Contracts> contracts, String trouble) {
    private static final Contracts NOTHING = new Contracts(
            new TreeMap<>(),
            new Policy(List.of(), new Policy.Checks(1, Duration.ofSeconds(10), Duration.ZERO)),
            List.of(),
            "");

    static Declared of(Contracts contracts) {
        return new Declared(Optional.of(contracts), "");
    }

    /** Reads the folder, which may hold what cannot be read: a run that is open may not need it. */
    static Declared in(ContractFolder folder) {
        try {
            return of(folder.contracts());
        } catch (UserError e) {
            return new Declared(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /** The contracts, or no site at all. */
    Contracts orNothing() {
        return contracts.orElse(NOTHING);
    }

    /** The contracts, or the reason why not. */
    Contracts orRefusal() {
        return contracts.orElseThrow(() -> new UserError(trouble));
    }
}
