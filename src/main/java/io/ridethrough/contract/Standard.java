package io.ridethrough.contract;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What holds for every site alike, and who deviates from it.
 *
 * @param undeclared the files of each site that say that they are not declared yet
 */
public record Standard(
        List<Control> controls, List<Acceptance> acceptances, List<Gap> gaps, Map<SiteId, Set<String>> undeclared) {
    /** No standard at all. */
    public static final Standard NONE = new Standard(List.of(), List.of(), List.of(), Map.of());

    public Standard {
        controls = List.copyOf(controls);
        acceptances = List.copyOf(acceptances);
        gaps = List.copyOf(gaps);
        undeclared = new TreeMap<>(undeclared);
    }
}
