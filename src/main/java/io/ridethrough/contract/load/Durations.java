package io.ridethrough.contract.load;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as contracts write them: {@code 500ms}, {@code 90s}, {@code 5m}, {@code 1h}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})(ms|s|m|h)");

    private Durations() {}

    /** Empty for what is none of these. */
    public static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(form.group(1));
        return Optional.of(
                switch (form.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                });
    }

    /** The value of that key, or the default where it is absent or no duration. */
    static Duration of(At at, String key, String otherwise) {
        return at.text(key).flatMap(Durations::parse).orElseGet(() -> parse(otherwise)
                .orElseThrow(() -> new IllegalArgumentException("not a duration: " + otherwise)));
    }
}
