/**
 * Real parts for tests: servers that are not ours (a broker, a UPS daemon, SSH hosts), started on loopback, judged by
 * their own logs, ended with the test.
 */
@NullMarked
package io.ridethrough.realparts;

import org.jspecify.annotations.NullMarked;
