/**
 * The Camel endpoint {@code kept-ssh:<site>/<asset>}: a {@code RemoteCommand} goes in, a {@code CommandResult} comes out.
 *
 * <p>Invariant: only trouble of connection, host key or login is an exception; what the host answered is a result.
 */
@NullMarked
package io.ridethrough.target.ssh.endpoint;

import org.jspecify.annotations.NullMarked;
