/**
 * What answers at a site, by questions that change nothing, as a draft of its contracts; and how what is declared differs
 * from what is seen. What no interface says (what feeds what, what needs what, which MAC wakes whom) is asked of a
 * person: it stands in the draft as an assumption or as a comment, and drift never speaks of it.
 */
@NullMarked
package io.ridethrough.discover;

import org.jspecify.annotations.NullMarked;
