/**
 * Proxmox VE by its own API (protocols 1.1 to 1.5): which requests there are, what the answers mean, and how a task is
 * followed to its end. Sends by {@code target.https} only. Invariant: emptiness without the right to see is no state.
 */
@NullMarked
package io.ridethrough.target.proxmox.api;

import org.jspecify.annotations.NullMarked;
