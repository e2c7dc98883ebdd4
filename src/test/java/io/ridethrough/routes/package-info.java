/**
 * The gates of the route files: the DSL's own schema, the manners of reliability 5.3 and design 6, and coverage.
 *
 * <p>Invariant: a route that breaks a rule, or that no test of this build reaches, fails the build by name and line.
 */
@NullMarked
package io.ridethrough.routes;

import org.jspecify.annotations.NullMarked;
