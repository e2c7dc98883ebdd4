/**
 * What every kind of target has in common when it is asked: looks and acts, what comes of them, and ways to ask by.
 *
 * <p>Invariant: an act that may have been sent by one way is never sent by another.
 */
@NullMarked
package io.ridethrough.target.way;

import org.jspecify.annotations.NullMarked;
