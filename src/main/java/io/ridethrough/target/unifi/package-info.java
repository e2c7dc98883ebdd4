/**
 * UniFi controllers by the surfaces that they have (protocols 3): the integration API by a key, and the classic one, on
 * a UniFi OS console or self-hosted, by a login. Sends by {@code target.https} only. Invariants: a list is read to its
 * last page, {@code rc} counts and not the status, and no port is cycled that carries the way.
 */
@NullMarked
package io.ridethrough.target.unifi;

import org.jspecify.annotations.NullMarked;
