package io.ridethrough.contract;

import java.time.LocalDate;

/**
 * A deviation from the standard that somebody answers for until a day.
 *
 * @param asset the asset's name within the site; the site's own name for what is of the whole site
 * @param until the last day on which it counts, in the zone of the site
 * @param where file and line, for people
 */
public record Acceptance(
        SiteId site, String control, String asset, String owner, String reason, LocalDate until, String where) {}
