/**
 * What a broker keeps: the retained messages of some topics, as they are when somebody subscribes. Nothing is published,
 * and no subscription outlives its question.
 */
@NullMarked
package io.ridethrough.target.mqtt;

import org.jspecify.annotations.NullMarked;
