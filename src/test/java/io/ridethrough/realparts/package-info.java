/**
 * Real power parts for tests: a broker and a NUT server that are not ours, started on loopback, ended with the test.
 */
@NullMarked
package io.ridethrough.realparts;

import org.jspecify.annotations.NullMarked;
