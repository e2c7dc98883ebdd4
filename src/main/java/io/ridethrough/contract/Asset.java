package io.ridethrough.contract;

import java.util.Set;

/** Anything a site declares that can be needed, commanded, reached or fed. */
public sealed interface Asset permits Node, Guest, Stack, Nas, Device {
    AssetId id();

    /** One line for people. */
    String title();

    /** Who answers for it, and how much it matters. */
    Stewardship stewardship();

    /** The assets that must be up for this one to work; groups are already expanded. */
    Set<AssetId> needs();

    /** The assets that the commands to this one pass through (gateway, switch, subnet router). */
    Set<AssetId> reachedThrough();

    /** What this asset is, in the words of the glossary. */
    default String kind() {
        return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }
}
