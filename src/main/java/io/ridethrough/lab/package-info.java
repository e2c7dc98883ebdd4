/**
 * The lab: simulated sites built from any contracts, speaking the real protocols on loopback sockets, and the guard that
 * keeps a lab run on loopback.
 *
 * <p>Imports contract only; nothing imports it but cli. Invariant: nothing here binds or reaches an address that is not
 * loopback.
 */
@NullMarked
package io.ridethrough.lab;

import org.jspecify.annotations.NullMarked;
