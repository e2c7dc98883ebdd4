package io.ridethrough.standard.word;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A word of what is declared.
 *
 * @param name as expectations write it
 * @param value what it stands for, of the word's type
 * @param <T> what it is said of
 */
record Word<T>(String name, Type type, BiFunction<T, At, Object> value) {
    static <T> Word<T> text(String name, BiFunction<T, At, String> value) {
        return new Word<>(name, Type.TEXT, value::apply);
    }

    static <T> Word<T> number(String name, BiFunction<T, At, Number> value) {
        return new Word<>(name, Type.NUMBER, (of, at) -> value.apply(of, at).longValue());
    }

    static <T> Word<T> truth(String name, BiFunction<T, At, Boolean> value) {
        return new Word<>(name, Type.TRUTH, value::apply);
    }

    static <T> Word<T> texts(String name, BiFunction<T, At, List<String>> value) {
        return new Word<>(name, Type.TEXTS, value::apply);
    }

    static <T> Word<T> numbers(String name, BiFunction<T, At, List<Integer>> value) {
        return new Word<>(name, Type.NUMBERS, (of, at) -> value.apply(of, at).stream()
                .map(Integer::longValue)
                .toList());
    }

    static <T> Word<T> textByName(String name, BiFunction<T, At, Map<String, String>> value) {
        return new Word<>(name, Type.TEXT_BY_NAME, value::apply);
    }

    static <T> Word<T> numberByName(String name, BiFunction<T, At, Map<String, Long>> value) {
        return new Word<>(name, Type.NUMBER_BY_NAME, value::apply);
    }

    /** Says all of them of one thing. */
    static <T> void say(List<Word<T>> words, T of, At at, Map<String, Object> said) {
        words.forEach(word -> said.put(word.name(), word.value().apply(of, at)));
    }
}
