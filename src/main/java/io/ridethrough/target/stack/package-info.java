/**
 * Docker compose projects: what is sent, and what their containers' states mean (protocols 9).
 *
 * <p>Pure: sends nothing itself. Invariant: an error or a stack nobody declared is never a stopped stack.
 */
@NullMarked
package io.ridethrough.target.stack;

import org.jspecify.annotations.NullMarked;
