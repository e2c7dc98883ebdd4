package io.ridethrough.lab.host;

import java.util.List;
import java.util.Optional;

/** One simple command as it reaches the machine: words without wrappers. */
record Call(Machine on, List<String> words, boolean root) {
    /** The command's name without its folder. */
    String name() {
        return words.get(0).substring(words.get(0).lastIndexOf('/') + 1);
    }

    /** The word at {@code index}; empty text when there is none. */
    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    boolean has(String flag) {
        return words.contains(flag);
    }

    /** The value after any of {@code names}, or behind its equals sign. */
    Optional<String> option(String... names) {
        for (int i = 1; i < words.size(); i++) {
            for (String name : names) {
                if (words.get(i).equals(name) && i + 1 < words.size()) {
                    return Optional.of(words.get(i + 1));
                }
                if (words.get(i).startsWith(name + "=")) {
                    return Optional.of(words.get(i).substring(name.length() + 1));
                }
            }
        }
        return Optional.empty();
    }

    Call as(List<String> other, boolean nowRoot) {
        return new Call(on, other, nowRoot);
    }
}
