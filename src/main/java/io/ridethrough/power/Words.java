package io.ridethrough.power;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The bridge's words and units, read by declaration. */
final class Words {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._:+-]{1,32}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,12}(\\.[0-9]{1,12})?");
    private static final int MOST_TOKENS = 32;
    private static final int LONGEST_STATUS = 512;
    private static final double LONGEST_SECONDS = Duration.ofDays(7).toSeconds();
    /** What some UPSes report for "not known". */
    private static final double NOT_KNOWN = 65_535;

    private final Map<String, String> words = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Duration runtimeUnit;

    Words(Map<String, String> words, Duration runtimeUnit) {
        this.words.putAll(words);
        this.runtimeUnit = runtimeUnit;
    }

    /** A status, the loss that Home Assistant's words mean, or a rejection. */
    Parsed status(String text) {
        String stripped = text.strip();
        if (stripped.length() > LONGEST_STATUS) {
            return new Parsed.Rejected("a status of " + stripped.length() + " characters");
        }
        if (words.containsKey(stripped)) {
            return Parsed.Update.ofStatus(words.getOrDefault(stripped, ""));
        }
        if (stripped.equalsIgnoreCase("unavailable") || stripped.equalsIgnoreCase("unknown")) {
            return new Parsed.CommunicationLost("the bridge says " + stripped.toLowerCase(Locale.ROOT));
        }
        TreeSet<String> tokens = new TreeSet<>();
        for (String part : stripped.split(",", -1)) {
            String phrase = words.get(part.strip());
            for (String token : (phrase == null ? part : phrase).strip().split("\\s+", -1)) {
                String mapped = words.getOrDefault(token, token);
                if (!token.isEmpty() && !TOKEN.matcher(token).matches()) {
                    return new Parsed.Rejected("a status with characters that no status has");
                }
                tokens.addAll(StatusSet.of(mapped.toUpperCase(Locale.ROOT)).tokens());
            }
        }
        if (tokens.size() > MOST_TOKENS) {
            return new Parsed.Rejected("a status of " + tokens.size() + " tokens");
        }
        if (tokens.contains("COMMBAD") || tokens.contains("NOCOMM")) {
            return new Parsed.CommunicationLost("the bridge has lost the UPS");
        }
        return Parsed.Update.ofStatus(String.join(" ", tokens));
    }

    /** Whole percent, rounded down: a threshold is never passed by rounding. */
    OptionalInt percent(String text, int most) {
        Optional<Double> value = number(text);
        return value.isPresent() && value.get() >= 0 && value.get() <= most
                ? OptionalInt.of(value.get().intValue())
                : OptionalInt.empty();
    }

    Optional<Duration> runtime(String text) {
        return number(text)
                .filter(n -> n > 0 && n != NOT_KNOWN)
                .map(n -> n * runtimeUnit.toSeconds())
                .filter(seconds -> seconds >= 1 && seconds <= LONGEST_SECONDS)
                .map(seconds -> Duration.ofSeconds(seconds.longValue()));
    }

    private static Optional<Double> number(String text) {
        String stripped = text.strip();
        return NUMBER.matcher(stripped).matches() ? Optional.of(Double.valueOf(stripped)) : Optional.empty();
    }
}
