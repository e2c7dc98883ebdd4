/**
 * The traps of {@code protocols.md} section 11, each borne by named tests wherever they stand.
 *
 * <p>Invariant: none of them is without a test.
 */
@NullMarked
package io.ridethrough.traps;

import org.jspecify.annotations.NullMarked;
