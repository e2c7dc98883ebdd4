package io.ridethrough.contract;

/**
 * Who answers for an asset and how much it matters.
 *
 * @param owner a person or team, for example {@code @ops}
 * @param domain one of the site's domains, for example {@code infra}
 * @param tier 1 (most important) to 4
 * @param slo what is promised of it, for example {@code "back within 5 min"}; empty when nothing is
 */
public record Stewardship(String owner, String domain, int tier, String slo) {}
