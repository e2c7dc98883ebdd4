/**
 * What simulated sites answer on besides SSH: the MQTT broker, UPSes, probe responders, DNS, Wake-on-LAN ears.
 *
 * <p>Imports contract and lab.host only. Invariant: every socket is bound to loopback.
 */
@NullMarked
package io.ridethrough.lab.net;

import org.jspecify.annotations.NullMarked;
