/**
 * The command line, and the one place where the product is put together from its parts.
 *
 * <p>Reads files and the terminal; nothing imports it. Exit codes: see {@link io.ridethrough.cli.Exit}.
 */
@NullMarked
package io.ridethrough.cli;

import org.jspecify.annotations.NullMarked;
