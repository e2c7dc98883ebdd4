/** UPSes by NUT's own protocol: a line a question, a line or a list an answer (protocols 6). */
@NullMarked
package io.ridethrough.target.nut;

import org.jspecify.annotations.NullMarked;
