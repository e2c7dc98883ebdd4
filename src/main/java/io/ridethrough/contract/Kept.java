package io.ridethrough.contract;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is not as the folder says it now, since a run that is open was planned with other contracts (R33).
 *
 * @param sites the digest of the contracts that a site was taken from instead
 * @param folder what the folder holds now: a digest, or why it cannot be read
 */
public record Kept(Map<SiteId, String> sites, String folder) {
    /** Everything is as the folder says it. */
    public static final Kept NOTHING = new Kept(Map.of(), "");

    /** What {@link #folder} says where the folder cannot be read. */
    public static final String UNREADABLE = "cannot be read";

    public Kept {
        sites = new TreeMap<>(sites);
    }
}
