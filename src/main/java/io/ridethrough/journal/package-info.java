/**
 * The durable, hash-chained record of intentions and outcomes: SQLite, WAL, {@code synchronous=FULL}.
 *
 * <p>Knows nothing of plans or sites; imports nothing of ours but {@code receipt}. Invariant: when {@code append} has
 * returned, the record survives a power cut.
 */
@NullMarked
package io.ridethrough.journal;

import org.jspecify.annotations.NullMarked;
