/**
 * Declared questions to services: HTTP, TCP, DNS, a command.
 *
 * <p>Each is asked once and answered within its time as well, unwell or unseen, with evidence. Nothing is changed.
 */
@NullMarked
package io.ridethrough.target.probe;

import org.jspecify.annotations.NullMarked;
