/**
 * What is declared of sites: records, and the parsing of names and bytes into them with every diagnostic at once.
 *
 * <p>Files are read elsewhere: this package imports no Camel, no clock and no I/O. Invariant: a {@link
 * io.ridethrough.contract.Contracts} holds only references that resolve.
 */
@NullMarked
package io.ridethrough.contract;

import org.jspecify.annotations.NullMarked;
