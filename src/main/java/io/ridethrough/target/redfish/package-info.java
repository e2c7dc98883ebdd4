/**
 * Management controllers such as an iDRAC, by Redfish (DMTF DSP0266): they tell whether their machine has power, switch
 * it on, and press its power button, which its own system may heed by a graceful shutdown.
 *
 * <p>Invariant: nothing here takes power away from a machine that does not yield it: {@code ForceOff} and its like have no
 * word.
 */
@NullMarked
package io.ridethrough.target.redfish;

import org.jspecify.annotations.NullMarked;
