package io.ridethrough.contract.load;

import java.util.Optional;
import java.util.Set;

/**
 * A reference that one thing makes to another.
 *
 * @param who who makes it, for people: {@code guest "dns"}
 * @param from who makes it, where that has a name and the reference is an order between assets
 * @param verb {@code needs}, {@code runs on} ...
 * @param at where the reference stands
 * @param reference what it says, without an export's path
 * @param allowed what it may mean
 */
record Link(
        String site, String who, Optional<Declared> from, String verb, At at, String reference, Set<Kind> allowed) {}
