package io.ridethrough.contract;

import java.util.regex.Pattern;

/** The name of a site: the name of its folder. Lower-case letters, digits and dashes. */
public record SiteId(String value) implements Comparable<SiteId> {
    static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public SiteId {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("not a site id: \"" + value + "\"");
        }
    }

    @Override
    public int compareTo(SiteId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
