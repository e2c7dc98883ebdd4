/**
 * What people read about a site: rendered from its contracts, never kept by hand. Knows contracts, plans, the break-glass
 * sheet and the recipes of rights; asks nothing and commands nothing.
 *
 * <p>Invariant: the same contracts give the same bytes, and whatever contracts hold is text, never markup.
 */
@NullMarked
package io.ridethrough.document;

import org.jspecify.annotations.NullMarked;
