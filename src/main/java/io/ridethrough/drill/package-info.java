/**
 * Rehearsals: what is played with a site's contracts in the lab, what is expected of it, the record of it, and the rule
 * that a site is armed with contracts that were rehearsed.
 *
 * <p>Judges from the simulated hosts' own log, never from what the run says of itself alone. Plays nothing: the command
 * line does. Invariant: a record is never changed once it is written; each is chained to the one before.
 */
@NullMarked
package io.ridethrough.drill;

import org.jspecify.annotations.NullMarked;
