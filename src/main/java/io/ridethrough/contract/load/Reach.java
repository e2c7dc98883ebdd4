package io.ridethrough.contract.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that a declared thing hangs on, by what it runs on, mounts and needs. */
final class Reach {
    private final Map<Declared, List<Link>> links = new HashMap<>();
    private final Names names;

    Reach(List<Link> links, Names names) {
        this.names = names;
        for (Link link : links) {
            link.from().ifPresent(from -> this.links
                    .computeIfAbsent(from, none -> new ArrayList<>())
                    .add(link));
        }
    }

    /** Itself, with those words, and all that it hangs on, each with the words of how. */
    Map<Declared, String> of(Declared one, String words) {
        Map<Declared, String> found = new LinkedHashMap<>();
        Deque<Declared> next = new ArrayDeque<>(List.of(one));
        found.put(one, words);
        while (!next.isEmpty()) {
            Declared here = next.remove();
            for (Link link : links.getOrDefault(here, List.of())) {
                names.find(link.site(), link.reference())
                        .filter(to -> !link.verb().equals("is reached through")
                                && link.allowed().contains(to.kind()))
                        .filter(to -> !found.containsKey(to))
                        .ifPresent(to -> {
                            found.put(to, found.get(here) + ", which " + link.verb() + " " + to.called());
                            next.add(to);
                        });
            }
        }
        return found;
    }
}
