/**
 * Brokers of sites: the retained messages of some topics, as they are when somebody subscribes, and questions to what
 * listens there. No subscription outlives its question.
 *
 * <p>Invariant: nothing that is published from here is retained.
 */
@NullMarked
package io.ridethrough.target.mqtt;

import org.jspecify.annotations.NullMarked;
