package io.ridethrough.ready;

import io.ridethrough.contract.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How ready a site was to act, in one word.
 *
 * @param tried every way to every target, by name
 * @param expiring what ends soon, the first to end first
 */
public record Readiness(SiteId site, Instant at, List<Tried> tried, List<Expiry> expiring) {
    public Readiness {
        tried = List.copyOf(tried);
        expiring = List.copyOf(expiring);
    }

    /** Only when every way is: a second way that fails is found out by nobody else before the first one does. */
    public boolean ready() {
        return why().isEmpty();
    }

    /** {@code READY} or {@code NOT READY}. */
    public String word() {
        return ready() ? "READY" : "NOT READY";
    }

    /** What keeps it from being ready: the first of it, and how much more there is. */
    public Optional<String> why() {
        List<Tried> failed = tried.stream().filter(one -> !one.ready()).toList();
        List<Expiry> over =
                expiring.stream().filter(one -> !one.at().isAfter(at)).toList();
        int many = failed.size() + over.size();
        if (many == 0) {
            return Optional.empty();
        }
        String first = failed.isEmpty()
                ? over.get(0).target() + ": " + over.get(0).what() + " has ended"
                : failed.get(0).target() + " by " + failed.get(0).way() + ": "
                        + failed.get(0).evidence();
        return Optional.of(many == 1 ? first : first + " (and " + (many - 1) + " more)");
    }
}
