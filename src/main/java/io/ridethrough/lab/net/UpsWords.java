package io.ridethrough.lab.net;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A UPS's variables in the words and units of whatever tells of it. */
final class UpsWords {
    private final Set<String> told;
    private final Map<String, String> words;
    private final Duration runtimeUnit;

    /**
     * @param told our names of what is told
     * @param words its words by NUT's tokens
     */
    UpsWords(Set<String> told, Map<String, String> words, Duration runtimeUnit) {
        this.told = Set.copyOf(told);
        this.words = Map.copyOf(words);
        this.runtimeUnit = runtimeUnit;
    }

    /**
     * The values as they are written, by our names, in the order status, charge, runtime, load.
     *
     * @param status NUT's tokens
     */
    Map<String, String> values(List<String> status, int charge, double runtimeSeconds, int load) {
        Map<String, String> ours = new LinkedHashMap<>();
        ours.put("status", status(status));
        ours.put("charge", Integer.toString(charge));
        ours.put("runtime", Long.toString((long) (runtimeSeconds / runtimeUnit.toMillis() * 1000)));
        ours.put("load", Integer.toString(load));
        ours.keySet().retainAll(told);
        return ours;
    }

    /** The status in the bridge's own words: one word for the whole set where it has one, else word by word. */
    private String status(List<String> tokens) {
        Set<String> wanted = new TreeSet<>(tokens);
        wanted.removeAll(List.of("CHRG", "DISCHRG"));
        for (Map.Entry<String, String> word : words.entrySet()) {
            Set<String> meant = new TreeSet<>(List.of(word.getValue().split(" ")));
            meant.removeAll(List.of("CHRG", "DISCHRG"));
            if (meant.equals(wanted)) {
                return word.getKey();
            }
        }
        return tokens.stream().map(this::word).collect(Collectors.joining(" "));
    }

    private String word(String token) {
        return words.entrySet().stream()
                .filter(word -> word.getValue().equals(token))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(token);
    }
}
