/**
 * The durable run: the step protocol, escalation, failure policy, locks. Knows plans and the journal; imports no Camel:
 * routes name its beans, targets answer through {@link io.ridethrough.run.Hands}.
 *
 * <p>Invariant: no act without its intention in the journal, and every step settles exactly once.
 */
@NullMarked
package io.ridethrough.run;

import org.jspecify.annotations.NullMarked;
