package io.ridethrough.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What holds for every site alike, and who deviates from it.
 *
 * @param declared what each site declares, as {@code file.key}; a file that says why it has nothing to declare has the
 *     key {@code none}
 * @param undeclared the files of each site that say that they are not declared yet
 * @param packs named parts of the controls
 */
public record Standard(
        List<Control> controls,
        List<Acceptance> acceptances,
        List<Gap> gaps,
        Map<SiteId, Set<String>> declared,
        Map<SiteId, Set<String>> undeclared,
        List<Pack> packs) {
    /** No standard at all. */
    public static final Standard NONE = new Standard(List.of(), List.of(), List.of(), Map.of(), Map.of());

    public Standard {
        controls = List.copyOf(controls);
        acceptances = List.copyOf(acceptances);
        gaps = List.copyOf(gaps);
        declared = new TreeMap<>(declared);
        undeclared = new TreeMap<>(undeclared);
        packs = List.copyOf(packs);
    }

    /** One without packs. */
    public Standard(
            List<Control> controls,
            List<Acceptance> acceptances,
            List<Gap> gaps,
            Map<SiteId, Set<String>> declared,
            Map<SiteId, Set<String>> undeclared) {
        this(controls, acceptances, gaps, declared, undeclared, List.of());
    }

    /** The pack of that name. */
    public Optional<Pack> pack(String id) {
        return packs.stream().filter(pack -> pack.id().equals(id)).findFirst();
    }

    /** Whether the site declares that, or says why it has none of it; {@code file.key}. */
    public boolean declares(SiteId site, String what) {
        String file = what.substring(0, what.indexOf('.'));
        Set<String> known = declared.getOrDefault(site, Set.of());
        return !undeclared.getOrDefault(site, Set.of()).contains(file)
                && (known.contains(what) || known.contains(file + ".none"));
    }
}
