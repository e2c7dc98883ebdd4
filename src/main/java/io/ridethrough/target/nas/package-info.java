/**
 * Synology units over SSH (protocols 2.4).
 *
 * <p>Pure: sends nothing itself. Invariant: the full path is named, since no login shell sets it.
 */
@NullMarked
package io.ridethrough.target.nas;

import org.jspecify.annotations.NullMarked;
