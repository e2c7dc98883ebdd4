/**
 * Real parts for tests: servers that are not ours, started on loopback and judged by their own logs.
 */
@NullMarked
package io.ridethrough.lab4tests;

import org.jspecify.annotations.NullMarked;
