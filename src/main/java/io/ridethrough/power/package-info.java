/**
 * From UPS readings to decisions about a site, each with its reason.
 *
 * <p>Imports {@code contract} only; no Camel, no clock, no I/O: monotonic time is passed in. Invariant: only a positive
 * "on battery" starts an outage, and one message alone never takes a site down.
 */
@NullMarked
package io.ridethrough.power;

import org.jspecify.annotations.NullMarked;
