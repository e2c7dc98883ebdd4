/**
 * Ready to act: whether every way to every target of a site would do what an outage asks of it, found out before there
 * is one.
 *
 * <p>Invariant: nothing here changes anything at a target.
 */
@NullMarked
package io.ridethrough.ready;

import org.jspecify.annotations.NullMarked;
