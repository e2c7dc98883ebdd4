/**
 * What a person can do when Ridethrough itself is gone: one page to print and one shell script per site, made of the
 * current plan. They need neither us, nor Java, nor a name service. Knows contracts, plans and the targets' commands;
 * commands nothing itself and holds no secret.
 */
@NullMarked
package io.ridethrough.breakglass;

import org.jspecify.annotations.NullMarked;
