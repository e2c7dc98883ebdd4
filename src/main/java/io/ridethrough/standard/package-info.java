/**
 * One standard for every site: what controls expect, what was found, and who deviates until when. Knows contracts only;
 * who is asked, and how, comes in by {@link io.ridethrough.standard.Looks}. What could not be seen never counts as well.
 */
@NullMarked
package io.ridethrough.standard;

import org.jspecify.annotations.NullMarked;
