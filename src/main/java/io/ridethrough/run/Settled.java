package io.ridethrough.run;

import io.ridethrough.plan.Step;
import java.time.Duration;
import java.time.Instant;

/**
 * A step that has come to its end, once.
 *
 * @param begun when it was taken up, after its needs had settled
 * @param took from then to its outcome, in the run's time
 */
public record Settled(String run, Step step, Outcome outcome, Instant begun, Duration took) {}
