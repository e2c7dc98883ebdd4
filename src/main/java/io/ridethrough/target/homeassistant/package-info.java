/**
 * Home Assistant (protocols 4): what it is asked and tells, by REST and by its WebSocket, which alone reaches the
 * supervisor's add-ons and what waits for a person.
 *
 * <p>Invariant: a token that was refused is not shown again by either way.
 */
@NullMarked
package io.ridethrough.target.homeassistant;

import org.jspecify.annotations.NullMarked;
