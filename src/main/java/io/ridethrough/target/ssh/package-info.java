/**
 * Commands over kept SSH connections: one type quotes arguments, one endpoint keeps sessions, results are typed.
 *
 * <p>Invariant: a command's exit code and the failure of a connection are never the same thing.
 */
@NullMarked
package io.ridethrough.target.ssh;

import org.jspecify.annotations.NullMarked;
