package io.ridethrough.contract;

import java.util.Comparator;

/** An asset of a site, written {@code site/name}. Unique over all contracts. */
public record AssetId(SiteId site, String name) implements Comparable<AssetId> {
    private static final Comparator<AssetId> ORDER =
            Comparator.comparing(AssetId::site).thenComparing(AssetId::name);

    public AssetId {
        if (!SiteId.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not an asset id: \"" + name + "\"");
        }
    }

    /** Reads {@code site/name}. */
    public static AssetId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("an asset is written site/name, not \"" + text + "\"");
        }
        return new AssetId(new SiteId(text.substring(0, slash)), text.substring(slash + 1));
    }

    @Override
    public int compareTo(AssetId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return site + "/" + name;
    }
}
