/**
 * Wake-on-LAN: magic packets and their sending (protocols 10), and the alarm of a machine's own clock.
 *
 * <p>Invariant: nothing here tells that anything woke; only a new look does.
 */
@NullMarked
package io.ridethrough.target.wake;

import org.jspecify.annotations.NullMarked;
