/**
 * What stands on the dashboards of a Home Assistant: kept before it goes down, put back on request.
 *
 * <p>Invariant: a dashboard that was kept once stays kept. One that is away, empty, or poorer than its contract declares
 * never takes the place of a kept one.
 */
@NullMarked
package io.ridethrough.dashboard;

import org.jspecify.annotations.NullMarked;
