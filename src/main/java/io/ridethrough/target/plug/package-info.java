/**
 * Smart plugs over MQTT: whether they are on, what they draw, and switching them. Tasmota, and both generations of what
 * Shelly speaks (protocols 7).
 *
 * <p>Invariants: a plug that has not just answered is told nothing, so that no command waits for it at the broker; and that
 * a plug is away says nothing of what hangs on it.
 */
@NullMarked
package io.ridethrough.target.plug;

import org.jspecify.annotations.NullMarked;
