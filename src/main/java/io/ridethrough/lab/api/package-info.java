/**
 * Targets' own HTTP interfaces as the lab plays them: HTTP over TLS with reason phrases of one's own, which no server of
 * the JDK can say. What each target answers is in {@code lab.host}. Shares no code with the product's clients.
 */
@NullMarked
package io.ridethrough.lab.api;

import org.jspecify.annotations.NullMarked;
