/**
 * Simulated machines: nodes, NAS, guests and stacks with their power state, and the commands they answer over SSH.
 *
 * <p>Imports contract only; shares no code with target. Invariant: all state is touched on {@link
 * io.ridethrough.lab.host.LabClock}'s one thread.
 */
@NullMarked
package io.ridethrough.lab.host;

import org.jspecify.annotations.NullMarked;
