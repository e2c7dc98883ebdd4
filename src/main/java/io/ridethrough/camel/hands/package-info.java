/**
 * The run's hands: one small class a family of verbs, over what {@code target} knows of each kind.
 *
 * <p>Arrows: implements {@code run.Hands}, uses {@code target}. Invariant: what was not seen is never a state.
 */
@NullMarked
package io.ridethrough.camel.hands;

import org.jspecify.annotations.NullMarked;
