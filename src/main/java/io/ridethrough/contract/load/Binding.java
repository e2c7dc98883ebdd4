package io.ridethrough.contract.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Kept;
import io.ridethrough.contract.Policy;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Standard;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes records of contracts in which no rule found an error. */
final class Binding {
    private final List<SiteDocs> sites;
    private final Optional<Doc> policy;

    Binding(List<SiteDocs> sites, Optional<Doc> policy) {
        this.sites = sites;
        this.policy = policy;
    }

    Contracts bind(List<SourceFile> files, Standard standard) {
        References references = new References(sites);
        SortedMap<SiteId, Site> bound = new TreeMap<>();
        for (SiteDocs site : sites) {
            Site one = new SiteBinding(site, references, sites).bind();
            bound.put(one.id(), one);
        }
        return new Contracts(
                bound,
                policy(),
                assumptions(),
                SourceFile.digest(files.stream().filter(SourceFile::plans).toList()),
                Optional.of(SourceFile.wording(files)),
                Kept.NOTHING,
                standard);
    }

    private Policy policy() {
        At root = policy.map(Doc::at).orElseGet(() -> new SiteDocs("", java.util.Map.of(), true).file("policy"));
        At checks = root.get("checks");
        At alerts = root.get("alerts");
        return new Policy(
                root.items("windows").stream().map(Binding::window).toList(),
                new Policy.Checks(
                        checks.integer("attempts", 3),
                        Durations.of(checks, "timeout", "10s"),
                        Durations.of(checks, "back-off", "5s")),
                between(root.get("reboot").get("between")),
                new Policy.Alerts(
                        Durations.of(alerts, "silent", "15m"),
                        Durations.of(alerts, "unreachable", "5m"),
                        Durations.of(alerts, "stale", "36h")),
                escalation(root.get("escalation")));
    }

    private static Optional<Policy.Between> between(At at) {
        return at.present()
                ? Optional.of(new Policy.Between(
                        at.texts("run"),
                        at.texts("check"),
                        Durations.of(at, "takes", "5m"),
                        Durations.of(at, "limit", "30m")))
                : Optional.empty();
    }

    private static Optional<Policy.Escalation> escalation(At at) {
        return at.present()
                ? Optional.of(
                        new Policy.Escalation(Durations.of(at, "tier-one-back", "5m"), at.integer("stacks-failing", 0)))
                : Optional.empty();
    }

    private static Policy.Window window(At at) {
        return new Policy.Window(
                at.text("id", ""),
                References.title(at),
                at.text("cron", ""),
                ZoneId.of(at.text("zone", "")),
                Durations.of(at, "lasts", "1h"),
                at.texts("sites").stream().map(SiteId::new).collect(Collectors.toSet()),
                at.texts("phases"),
                at.texts("power-off").stream().map(SiteId::new).collect(Collectors.toSet()));
    }

    private List<String> assumptions() {
        List<String> all = new ArrayList<>();
        List<Doc> docs = new ArrayList<>();
        policy.ifPresent(docs::add);
        sites.forEach(site -> docs.addAll(site.docs().values()));
        docs.sort(Comparator.comparing(doc -> doc.text().shown()));
        for (Doc doc : docs) {
            doc.keys().entrySet().stream()
                    .filter(e -> e.getKey().endsWith("/assumed"))
                    .sorted(java.util.Map.Entry.comparingByValue(
                            Comparator.comparingInt(Place::line).thenComparingInt(Place::column)))
                    .forEach(e -> {
                        JsonNode reason = doc.root().at(e.getKey());
                        all.add(doc.text().shown() + ":" + e.getValue().line() + ": " + reason.asText());
                    });
        }
        return all;
    }
}
