package io.ridethrough.standard;

import io.ridethrough.contract.Control;
import java.time.Instant;

/**
 * A finding with where and when.
 *
 * @param since the first evaluation in a row that found the same kind of thing
 * @param times how many evaluations in a row found it
 */
public record Found(Control control, Subject subject, Finding finding, Instant since, int times) {}
