/**
 * Proxmox VE over its command line: what is sent for guests and nodes, and how the answers are read.
 *
 * <p>Pure: sends nothing itself. Invariant: a guest is stopped only where Proxmox says so in words (protocols 1.6).
 */
@NullMarked
package io.ridethrough.target.proxmox;

import org.jspecify.annotations.NullMarked;
