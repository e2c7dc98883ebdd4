/**
 * Directed graphs: order, cycles, critical path. Knows no site, no clock and no I/O; imports nothing of ours.
 */
@NullMarked
package io.ridethrough.graph;

import org.jspecify.annotations.NullMarked;
