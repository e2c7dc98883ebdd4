/**
 * Zigbee2MQTT (protocols 5): what its retained topics tell of the bridge and of devices.
 */
@NullMarked
package io.ridethrough.target.zigbee;

import org.jspecify.annotations.NullMarked;
