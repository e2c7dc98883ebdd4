package io.ridethrough.power;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the variables of a UPS as its NUT server names them; runtime is in seconds (protocols 6). */
public final class NutVariables {
    private static final Words WORDS = new Words(Map.of(), Duration.ofSeconds(1));

    private NutVariables() {}

    /** What they say. A variable that makes no sense is absent; a status that makes none is rejected. */
    public static Parsed parse(Map<String, String> variables) {
        OptionalInt charge = WORDS.percent(variables.getOrDefault("battery.charge", ""), 100);
        Optional<Duration> runtime = WORDS.runtime(variables.getOrDefault("battery.runtime", ""));
        OptionalInt load = WORDS.percent(variables.getOrDefault("ups.load", ""), 1_000);
        Parsed status = WORDS.status(variables.getOrDefault("ups.status", ""));
        return status instanceof Parsed.Update update
                ? new Parsed.Update(update.status(), charge, runtime, load)
                : status;
    }
}
