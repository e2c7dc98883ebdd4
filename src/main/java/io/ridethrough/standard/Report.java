package io.ridethrough.standard;

import io.ridethrough.contract.Acceptance;
import io.ridethrough.contract.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was found at a site.
 *
 * @param stale acceptances without a finding that they accept
 */
public record Report(SiteId site, Instant at, List<Found> found, List<Acceptance> stale) {
    public Report {
        found = List.copyOf(found);
        stale = List.copyOf(stale);
    }

    /** How many findings there are of each word. */
    public Map<String, Long> counts() {
        return found.stream()
                .collect(Collectors.groupingBy(one -> one.finding().word(), TreeMap::new, Collectors.counting()));
    }

    /** How much of the site holds, in per cent of all findings, rounded down. What cannot be seen does not hold. */
    public int score() {
        return score(one -> true);
    }

    /** The same, by domain. */
    public Map<String, Integer> scores() {
        Map<String, Integer> scores = new TreeMap<>();
        found.forEach(one -> scores.computeIfAbsent(
                one.control().domain(),
                domain -> score(other -> other.control().domain().equals(domain))));
        return scores;
    }

    private int score(Predicate<Found> counted) {
        List<Found> all = found.stream().filter(counted).toList();
        long well = all.stream()
                .filter(one -> one.finding() instanceof Finding.Holds)
                .count();
        return all.isEmpty() ? 0 : (int) (100 * well / all.size());
    }
}
