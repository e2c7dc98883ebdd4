package io.ridethrough.plan;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a run is about: whole sites, or single assets with what depends on them. Never both, never empty. */
public record Scope(Set<SiteId> sites, Set<AssetId> assets) {
    public Scope {
        sites = Set.copyOf(sites);
        assets = Set.copyOf(assets);
        if (sites.isEmpty() == assets.isEmpty()) {
            throw new IllegalArgumentException("a scope is sites or assets");
        }
    }

    public static Scope of(SiteId site) {
        return new Scope(Set.of(site), Set.of());
    }

    /** Every site this scope touches. */
    public Set<SiteId> touched() {
        return sites.isEmpty() ? assets.stream().map(AssetId::site).collect(Collectors.toSet()) : sites;
    }

    /** The form in which people repeat it: names sorted and joined by commas. */
    @Override
    public String toString() {
        return String.join(
                ",",
                sites.isEmpty()
                        ? assets.stream().map(AssetId::toString).collect(Collectors.toCollection(TreeSet::new))
                        : sites.stream().map(SiteId::toString).collect(Collectors.toCollection(TreeSet::new)));
    }
}
