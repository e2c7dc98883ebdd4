package io.ridethrough.contract.load;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every reference means something, and something of the right kind. */
final class ReferenceRules {
    private final Names names;
    private final Reports reports;

    ReferenceRules(Names names, Reports reports) {
        this.names = names;
        this.reports = reports;
    }

    void check(List<Link> links) {
        for (Link link : links) {
            if (reports.full(link.at().doc().text())) {
                continue;
            }
            Optional<Declared> meant = names.find(link.site(), link.reference());
            if (meant.isEmpty()) {
                unknown(link);
            } else if (!link.allowed().contains(meant.get().kind())) {
                wrongKind(link, meant.get());
            } else if (link.verb().equals("runs on")
                    && link.from().isPresent()
                    && !meant.get().site().equals(link.site())) {
                reports.error(
                        link.at(),
                        says(link) + ", which belongs to another site",
                        "name " + kinds(link.allowed()) + " of its own site");
            }
        }
    }

    private void unknown(Link link) {
        if (names.readable(link.site(), link.reference())) {
            String meant = names.meant(link.site(), link.reference(), link.allowed());
            reports.error(link.at(), says(link) + ", which no site declares", meant);
        }
    }

    private void wrongKind(Link link, Declared meant) {
        reports.error(link.at(), says(link) + ", which is " + meant.kind().article, "name " + kinds(link.allowed()));
    }

    private static String says(Link link) {
        return link.who() + " " + link.verb() + " " + Words.quoted(link.reference());
    }

    private static String kinds(Set<Kind> allowed) {
        return allowed.stream().sorted().map(k -> k.article).collect(Collectors.joining(" or "));
    }
}
