/**
 * Tailscale's own view of who routes what (protocols 8).
 *
 * <p>Pure: reads a status, asks nothing. Invariant: the daemon's state is judged, never the exit code.
 */
@NullMarked
package io.ridethrough.target.tailnet;

import org.jspecify.annotations.NullMarked;
