package io.ridethrough.api;

import io.ridethrough.contract.SiteId;

/** What is known of a site's power, in one line for people. */
@FunctionalInterface
public interface PowerReport {
    String of(SiteId site);
}
