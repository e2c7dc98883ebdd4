/**
 * What a monitor is given for a site: one dashboard and one file of alert rules, made of contracts and the standard. Knows
 * contracts only.
 *
 * <p>Invariant: every series that stands in them is one that the service tells.
 */
@NullMarked
package io.ridethrough.monitoring;

import org.jspecify.annotations.NullMarked;
