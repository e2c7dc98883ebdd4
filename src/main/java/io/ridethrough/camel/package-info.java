/**
 * What the routes name: beans, converters, component wiring, and the service put together from its parts.
 *
 * <p>The only package besides {@code target.*} that knows Camel. Invariant: wire formats end here.
 */
@NullMarked
package io.ridethrough.camel;

import org.jspecify.annotations.NullMarked;
