package io.ridethrough.monitoring;

import io.ridethrough.contract.SiteId;

/** The gauges that the service tells of a site, as PromQL selects them. */
enum Series {
    FINDING("ridethrough_standard_finding"),
    SCORE("ridethrough_standard_score_ratio"),
    EVALUATED("ridethrough_standard_evaluated_timestamp_seconds"),
    BREAKER("ridethrough_target_breaker_state"),
    IN_FLIGHT("ridethrough_target_calls_in_flight"),
    LIMIT("ridethrough_target_calls_limit"),
    ANSWERED("ridethrough_target_last_answer_timestamp_seconds");

    private final String name;

    Series(String name) {
        this.name = name;
    }

    /** All of a site. Ids need no quoting: they are letters, digits and dashes. */
    String of(SiteId site) {
        return name + "{site=\"" + site + "\"}";
    }

    /** Those that other labels select too, for example {@code finding="broken"}. */
    String of(SiteId site, String labels) {
        return name + "{site=\"" + site + "\"," + labels + "}";
    }
}
