/** Tests of NUT's own protocol. */
@NullMarked
package io.ridethrough.target.nut;

import org.jspecify.annotations.NullMarked;
