/**
 * What is set up at each target so that this product may do what it is asked to there, and nothing else.
 *
 * <p>Invariant: recipes are made from the very commands and requests that are sent, and hold no secret.
 */
@NullMarked
package io.ridethrough.setup;

import org.jspecify.annotations.NullMarked;
