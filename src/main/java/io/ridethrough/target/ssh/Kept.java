package io.ridethrough.target.ssh;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/** What all kept connections share: bounds, clock, timers, and the threads on which answers are told. */
record Kept(SshLimits limits, LongSupplier nanos, ScheduledExecutorService timers, Executor answers) {}
