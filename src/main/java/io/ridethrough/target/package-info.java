/**
 * The things we command, one sub-package a kind: their commands, the parsing of what they answer, their states.
 *
 * <p>Arrows: uses {@code contract}; only sub-packages that carry an endpoint import Camel. Shares no code with the lab.
 */
@NullMarked
package io.ridethrough.target;

import org.jspecify.annotations.NullMarked;
