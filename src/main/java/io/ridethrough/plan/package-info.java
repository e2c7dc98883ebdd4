/**
 * From an intent and the contracts to a plan of steps with a forecast. Pure: no clock, no I/O, no Camel.
 *
 * <p>Arrows: uses {@code contract} and {@code graph}. Invariant: order comes only from relations, never from numbers.
 */
@NullMarked
package io.ridethrough.plan;

import org.jspecify.annotations.NullMarked;
