/**
 * Proof that a host is off (R20).
 *
 * <p>Invariant: silence alone never proves anything; it is told apart as inferred.
 */
@NullMarked
package io.ridethrough.target.off;

import org.jspecify.annotations.NullMarked;
