package io.ridethrough.contract;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What some contracts declare otherwise than others.
 *
 * @param assets the assets of which anything is declared otherwise
 * @param sites the sites of which anything is
 * @param shared whether what all sites share is: policy and standard
 */
public record ContractChanges(Map<AssetId, Change> assets, Map<SiteId, Change> sites, boolean shared) {
    /** How. */
    public enum Change {
        /** It was not declared before. */
        ADDED,
        /** It is declared otherwise. */
        CHANGED,
        /** It is declared no more. */
        REMOVED
    }

    public ContractChanges {
        assets = new TreeMap<>(assets);
        sites = new TreeMap<>(sites);
    }

    /** From the one to the other. */
    public static ContractChanges between(Contracts before, Contracts now) {
        return new ContractChanges(
                changed(before.assets(), now.assets()),
                changed(before.sites(), now.sites()),
                !before.policy().equals(now.policy()) || !before.standard().equals(now.standard()));
    }

    private static <K extends Comparable<K>, D> Map<K, Change> changed(Map<K, D> before, Map<K, D> now) {
        TreeSet<K> all = new TreeSet<>(before.keySet());
        all.addAll(now.keySet());
        Map<K, Change> changes = new TreeMap<>();
        for (K key : all) {
            D was = before.get(key);
            D is = now.get(key);
            if (was == null) {
                changes.put(key, Change.ADDED);
            } else if (is == null) {
                changes.put(key, Change.REMOVED);
            } else if (!was.equals(is)) {
                changes.put(key, Change.CHANGED);
            }
        }
        return changes;
    }
}
