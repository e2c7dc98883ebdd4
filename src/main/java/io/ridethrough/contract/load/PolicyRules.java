package io.ridethrough.contract.load;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Windows name sites that exist and phases in their order. */
final class PolicyRules {
    private static final List<String> PHASES = List.of("precheck", "shutdown", "startup", "recovery", "verify");

    private final Names names;
    private final Reports reports;

    PolicyRules(Names names, Reports reports) {
        this.names = names;
        this.reports = reports;
    }

    void check(At policy) {
        Set<String> ids = new HashSet<>();
        for (At window : policy.items("windows")) {
            window.text("id")
                    .filter(id -> !ids.add(id))
                    .ifPresent(id -> reports.error(
                            window.get("id"), "id " + Words.quoted(id) + " is taken by a window", "name it otherwise"));
            SiteRules.zone(window.get("zone"), reports);
            SiteRules.cron(window.get("cron"), reports);
            window.items("sites").forEach(this::site);
            phases(window);
            List<String> sites = window.texts("sites");
            for (At off : window.items("power-off")) {
                off.text()
                        .filter(site -> !sites.contains(site))
                        .ifPresent(site -> reports.error(
                                off,
                                Words.quoted(site) + " is powered off but is not among the window's sites",
                                "one of " + Words.listed(sites)));
            }
        }
    }

    private void site(At at) {
        if (reports.full(at.doc().text())) {
            return;
        }
        at.text()
                .filter(site -> !names.knowsSite(site))
                .ifPresent(site -> reports.error(
                        at,
                        "no site is called " + Words.quoted(site),
                        Words.meant(site, names.siteIds(), "one of " + Words.listed(names.siteIds()))));
    }

    private void phases(At window) {
        int last = -1;
        for (At phase : window.items("phases")) {
            int order = phase.text().map(PHASES::indexOf).orElse(-1);
            if (order >= 0 && order < last) {
                reports.error(
                        phase,
                        "phase " + Words.quoted(PHASES.get(order)) + " comes after " + Words.quoted(PHASES.get(last)),
                        "the order is " + String.join(", ", PHASES));
            }
            last = Math.max(last, order);
        }
    }
}
