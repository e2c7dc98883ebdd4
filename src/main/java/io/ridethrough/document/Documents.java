package io.ridethrough.document;

import io.ridethrough.breakglass.Sheet;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.monitoring.AlertRules;
import io.ridethrough.monitoring.Dashboard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that people read about one site. */
public final class Documents {
    private Documents() {}

    /**
     * All files of a site, in the order in which they are read. The same arguments give the same bytes.
     *
     * @param secrets the folder of secrets, as it is shown
     * @throws java.util.NoSuchElementException when no such site is declared
     */
    public static List<Document> of(Contracts contracts, SiteId id, String secrets, Stamp stamp) {
        Site site = Optional.ofNullable(contracts.sites().get(id)).orElseThrow();
        Sheet sheet = Sheet.of(contracts, id, Instant.EPOCH);
        List<String> assumed = assumptions(contracts, id);
        PowerMap map = PowerMap.of(site, sheet);
        Document network = NetworkTable.of(site, stamp);
        Document rights = LeastPrivilege.of(contracts, site, secrets, stamp);
        List<Document> all = new ArrayList<>(List.of(
                BootRunbook.of(site, sheet, stamp),
                RebootGate.of(site, contracts.standard(), stamp),
                PowerMap.page(
                        site,
                        sheet,
                        map,
                        assumed.stream()
                                .filter(one -> one.startsWith("power.yaml:"))
                                .toList(),
                        stamp),
                map.document(),
                network,
                Onboarding.of(site, contracts.standard(), network, rights, stamp),
                rights,
                new Document(
                        "alert-rules.yaml",
                        "Alert rules, for Prometheus",
                        AlertRules.of(contracts, site, stamp.line())),
                new Document("dashboard.json", "Dashboard, for Grafana", Dashboard.of(site, stamp.line()))));
        all.add(0, index(site, all, assumed, stamp));
        return List.copyOf(all);
    }

    /** What the files of a site only take to be so, each with file and line, wherever the folder of contracts stands. */
    private static List<String> assumptions(Contracts contracts, SiteId id) {
        String below = "/sites/" + id + "/";
        return contracts.assumptions().stream()
                .map(one -> "/" + one)
                .filter(one -> one.contains(below))
                .map(one -> one.substring(one.indexOf(below) + below.length()))
                .toList();
    }

    static void assumed(Page page, List<String> assumed) {
        if (!assumed.isEmpty()) {
            page.heading("What is only assumed")
                    .list(assumed.stream().map(Markup::text).toList());
        }
    }

    private static Document index(Site site, List<Document> all, List<String> assumed, Stamp stamp) {
        Page page = new Page("index.html", "Documents", site.title(), stamp)
                .list(all.stream().map(Markup::link).toList())
                .say(
                        "All of them are made from the contracts and renewed whenever these change; the standard finds what was"
                                + " altered by hand. The way down and up without Ridethrough is in the break-glass folder.");
        assumed(page, assumed);
        return page.document();
    }
}
