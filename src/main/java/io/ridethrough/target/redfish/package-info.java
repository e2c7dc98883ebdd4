/**
 * Management controllers such as an iDRAC, by Redfish (DMTF DSP0266): they tell whether their machine has power, and switch
 * it on.
 *
 * <p>Invariant: nothing here takes power away.
 */
@NullMarked
package io.ridethrough.target.redfish;

import org.jspecify.annotations.NullMarked;
