/**
 * Simulation by seed: the product's own run routes on one thread and a virtual clock, over random sites, scenarios and
 * faults (design 15). The same seed tells the same story, word for word; every story is judged by the invariants I1 to I9
 * of the world's own history. Nothing here is used by the product.
 */
@NullMarked
package io.ridethrough.simulation;

import org.jspecify.annotations.NullMarked;
