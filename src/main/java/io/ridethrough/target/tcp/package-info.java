/**
 * TCP connects as a sign of life.
 *
 * <p>Invariant: trouble on our own side is never taken for a target's silence.
 */
@NullMarked
package io.ridethrough.target.tcp;

import org.jspecify.annotations.NullMarked;
