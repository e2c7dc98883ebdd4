/**
 * Calls of targets' own HTTP interfaces, as typed values: what is asked, and whether an answer came, may have been lost
 * or was never asked for. Who carries them out is in {@code camel}; which certificate counts is in {@code target.tls}.
 */
@NullMarked
package io.ridethrough.target.https;

import org.jspecify.annotations.NullMarked;
