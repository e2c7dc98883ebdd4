/**
 * What was decided, done and seen, in a form that shows tampering: canonical JSON, each receipt chained to the one
 * before by hash and signed, and the heads of the chain kept elsewhere.
 *
 * <p>Imports nothing of ours. Invariant: the same value always gives the same bytes, on every JDK.
 */
@NullMarked
package io.ridethrough.receipt;

import org.jspecify.annotations.NullMarked;
