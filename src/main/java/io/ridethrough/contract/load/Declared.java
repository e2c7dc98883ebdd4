package io.ridethrough.contract.load;

import org.jspecify.annotations.Nullable;

/** Something that has a name: an asset, a group or a UPS. */
record Declared(String site, String name, Kind kind, At at) implements Comparable<Declared> {

    /** {@code site/name}. */
    String full() {
        return site + "/" + name;
    }

    /** {@code guest "dns"}. */
    String called() {
        return kind.word + " " + Words.quoted(name);
    }

    /** By name only: names are unique once duplicates are reported, and trees are costly to compare. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Declared that && site.equals(that.site) && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return 31 * site.hashCode() + name.hashCode();
    }

    @Override
    public int compareTo(Declared other) {
        return full().compareTo(other.full());
    }
}
