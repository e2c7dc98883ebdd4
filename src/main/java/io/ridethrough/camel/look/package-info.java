/**
 * The looks of the standard: one small class for each that is asked, over what {@code target} knows of it.
 *
 * <p>Arrows: implements {@code standard.Looks}, uses {@code target}. Invariant: only reads, and what was not told is
 * unseen, never empty.
 */
@NullMarked
package io.ridethrough.camel.look;

import org.jspecify.annotations.NullMarked;
