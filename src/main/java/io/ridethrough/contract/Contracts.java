package io.ridethrough.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything declared, whole and consistent: every reference resolves and relations have no cycle.
 *
 * @param assumptions what was declared as an assumption, one line each with its place
 * @param digest SHA-256 (hex) of the files it was read from
 */
public record Contracts(SortedMap<SiteId, Site> sites, Policy policy, List<String> assumptions, String digest) {
    public Contracts {
        sites = new TreeMap<>(sites);
        assumptions = List.copyOf(assumptions);
    }

    /** The asset of that id, if declared. */
    public Optional<Asset> asset(AssetId id) {
        return Optional.ofNullable(sites.get(id.site()))
                .flatMap(site ->
                        site.assets().stream().filter(a -> a.id().equals(id)).findFirst());
    }

    /** All assets of all sites by id. */
    public Map<AssetId, Asset> assets() {
        return sites.values().stream()
                .flatMap(site -> site.assets().stream())
                .collect(Collectors.toMap(Asset::id, a -> a, (a, b) -> a, TreeMap::new));
    }
}
