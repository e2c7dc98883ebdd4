/**
 * The arrows between packages (design 5), what each may touch, and the manners of names and literals.
 *
 * <p>Invariant: an exception to a rule is a named entry in an allow-list here, with its reason.
 */
@NullMarked
package io.ridethrough.architecture;

import org.jspecify.annotations.NullMarked;
