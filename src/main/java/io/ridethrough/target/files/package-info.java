/**
 * Files on hosts, seen over SSH: which is the newest of those that a pattern names. Nothing is read of what is in them.
 */
@NullMarked
package io.ridethrough.target.files;

import org.jspecify.annotations.NullMarked;
