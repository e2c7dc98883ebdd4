package io.ridethrough.contract.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every declared name of every site, and what a reference means. */
final class Names {
    private final SortedMap<String, Declared> byFullName = new TreeMap<>();
    private final Map<String, SiteDocs> sites = new HashMap<>();

    /** Collects the names; a name that is declared twice is reported with both places. */
    static Names of(List<SiteDocs> sites, Reports reports) {
        Names names = new Names();
        for (SiteDocs site : sites) {
            names.sites.put(site.id(), site);
            for (Kind kind : Kind.values()) {
                for (At at : site.list(kind.file, kind.list)) {
                    at.text("id").ifPresent(id -> names.add(new Declared(site.id(), id, kind, at), reports));
                }
            }
        }
        return names;
    }

    private void add(Declared one, Reports reports) {
        Declared first = byFullName.putIfAbsent(one.full(), one);
        if (first != null) {
            Place place = first.at().get("id").place();
            reports.error(
                    one.at().get("id"),
                    "id " + Words.quoted(one.name()) + " is taken by a " + first.kind().word,
                    "first at %s:%d:%d".formatted(first.at().doc().text().shown(), place.line(), place.column()));
        }
    }

    /** Everything declared, by full name. */
    List<Declared> all() {
        return List.copyOf(byFullName.values());
    }

    /** What that reference of that site means. */
    Optional<Declared> find(String site, String reference) {
        return Optional.ofNullable(byFullName.get(full(site, reference)));
    }

    /** {@code site/name} of a reference. */
    static String full(String site, String reference) {
        return reference.contains("/") ? reference : site + "/" + reference;
    }

    boolean knowsSite(String site) {
        return sites.containsKey(site);
    }

    Set<String> siteIds() {
        return new java.util.TreeSet<>(sites.keySet());
    }

    /** Whether all that the site of this reference declares could be read. */
    boolean readable(String site, String reference) {
        String full = full(site, reference);
        SiteDocs meant = sites.get(full.substring(0, full.indexOf('/')));
        return meant == null || meant.whole();
    }

    /** Did-you-mean: among the right kinds of the same site, then the same name elsewhere, then all full names. */
    String meant(String site, String reference, Set<Kind> kinds) {
        boolean elsewhere = reference.contains("/");
        List<String> here = byFullName.values().stream()
                .filter(d -> kinds.contains(d.kind()) && (elsewhere || d.site().equals(site)))
                .map(d -> elsewhere ? d.full() : d.name())
                .toList();
        Optional<String> near = Words.nearest(reference, here).or(() -> byFullName.values().stream()
                .filter(d -> kinds.contains(d.kind()) && d.name().equals(reference))
                .map(Declared::full)
                .findFirst());
        return near.map(n -> "did you mean " + Words.quoted(n) + "?").orElse("declare it, or remove the reference");
    }
}
