/**
 * Synology DSM 6 and 7 by its own interface (protocols 2.1 to 2.3): discovery, sessions, which calls there are, and what
 * the answers mean. Sends by {@code target.https} only. Invariants: HTTP 200 is no success by itself, and a login that
 * was refused is not tried again.
 */
@NullMarked
package io.ridethrough.target.dsm;

import org.jspecify.annotations.NullMarked;
