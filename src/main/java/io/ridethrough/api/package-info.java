/**
 * The HTTP API: shows reports and submits intents, nothing else. Everything needs a bearer token.
 *
 * <p>Invariant: nothing is executed unless the request says so and repeats its scope.
 */
@NullMarked
package io.ridethrough.api;

import org.jspecify.annotations.NullMarked;
