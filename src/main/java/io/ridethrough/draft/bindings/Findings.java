package io.ridethrough.draft.bindings;

import io.ridethrough.draft.bindings.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Collects findings while a draft is made. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();

    List<Finding> all() {
        return all.stream().distinct().toList();
    }

    void add(Kind kind, String what, String chosen, Spot... sides) {
        all.add(new Finding(kind, what, Arrays.stream(sides).map(Spot::said).toList(), chosen));
    }

    /**
     * What the first of several places says; where another says otherwise, that is a contradiction.
     *
     * @param about whose and which fact
     * @param same what makes two texts mean the same
     */
    Optional<String> first(String about, List<Spot> places, UnaryOperator<String> same) {
        Map<String, Spot> said = new LinkedHashMap<>();
        for (Spot place : places) {
            place.text().ifPresent(text -> said.putIfAbsent(same.apply(text), place));
        }
        if (said.size() > 1) {
            add(
                    Kind.CONTRADICTION,
                    about + " is said in " + said.size() + " ways",
                    "the first of them: " + said.keySet().iterator().next(),
                    said.values().toArray(Spot[]::new));
        }
        return said.keySet().stream().findFirst();
    }
}
