package io.ridethrough.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.SiteId;
import io.ridethrough.standard.Ledger;
import io.ridethrough.standard.Parity;
import io.ridethrough.standard.Report;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What the standard found, as JSON. */
final class StandardViews {
    private StandardViews() {}

    static ObjectNode summary(Report report) {
        ObjectNode json = Views.object()
                .put("site", report.site().value())
                .put("at", report.at().toString())
                .put("score", report.score());
        ObjectNode scores = json.putObject("scores");
        report.scores().forEach(scores::put);
        ObjectNode counts = json.putObject("counts");
        report.counts().forEach(counts::put);
        return json;
    }

    static ObjectNode of(Report report) {
        ObjectNode json = summary(report);
        ArrayNode findings = json.putArray("findings");
        report.found().forEach(found -> control(findings.addObject(), found.control())
                .put("asset", found.subject().name())
                .put("finding", found.finding().word())
                .put("evidence", found.finding().evidence())
                .put("remedy", found.control().remedy())
                .put("since", found.since().toString())
                .put("times", found.times()));
        ArrayNode stale = json.putArray("stale");
        report.stale().forEach(one -> stale.addObject()
                .put("control", one.control())
                .put("asset", one.asset())
                .put("owner", one.owner())
                .put("until", one.until().toString())
                .put("where", one.where()));
        return json;
    }

    /** @param trend what earlier evaluations of a site came to */
    static ObjectNode of(Parity parity, Function<SiteId, List<StandardTrend.Point>> trend) {
        ObjectNode json = Views.object();
        ArrayNode sites = json.putArray("sites");
        parity.sites().forEach(report -> {
            ObjectNode summary = summary(report);
            sites.add(summary);
            ArrayNode earlier = summary.putArray("trend");
            trend.apply(report.site())
                    .forEach(point -> earlier.addObject().put("at", point.at()).put("score", point.score()));
        });
        ArrayNode rows = json.putArray("controls");
        parity.rows().forEach(row -> {
            ObjectNode cells = control(rows.addObject(), row.control()).putObject("sites");
            row.cells().forEach((site, cell) -> {
                ObjectNode counts = cells.putObject(site.value())
                        .put("finding", cell.word())
                        .putObject("counts");
                cell.counts().forEach(counts::put);
                ObjectNode assets = ((ObjectNode) cells.path(site.value())).putObject("assets");
                cell.assets().forEach(assets::put);
            });
        });
        return json;
    }

    static ObjectNode of(Ledger ledger, Function<Ledger.Entry, StandardReceipts.Seen> seen) {
        ObjectNode json = Views.object().put("closed", ledger.isClosed());
        ArrayNode gaps = json.putArray("gaps");
        ledger.entries().forEach(entry -> {
            ObjectNode one = gaps.addObject()
                    .put("gap", entry.gap().number())
                    .put("title", entry.gap().title())
                    .put("severity", entry.gap().severity().name().toLowerCase(Locale.ROOT))
                    .put("state", entry.state().name().toLowerCase(Locale.ROOT))
                    .put("seen", seen.apply(entry).word());
            ArrayNode controls = one.putArray("controls");
            entry.controls().forEach(controls::add);
            ObjectNode sites = one.putObject("sites");
            entry.sites().forEach((site, standing) -> {
                ArrayNode evidence = sites.putObject(site.value())
                        .put("state", standing.state().name().toLowerCase(Locale.ROOT))
                        .putArray("evidence");
                standing.evidence().forEach(evidence::add);
            });
        });
        return json;
    }

    private static ObjectNode control(ObjectNode json, Control control) {
        json.put("control", control.id())
                .put("title", control.title())
                .put("domain", control.domain())
                .put("severity", control.severity().name().toLowerCase(Locale.ROOT));
        ArrayNode gaps = json.putArray("gaps");
        control.gaps().forEach(gaps::add);
        return json;
    }
}
