package io.ridethrough.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.SiteId;
import io.ridethrough.standard.Evaluation;
import io.ridethrough.standard.Finding;
import io.ridethrough.standard.Found;
import io.ridethrough.standard.Ledger;
import io.ridethrough.standard.Parity;
import io.ridethrough.standard.Report;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What the standard finds at sites, evaluated on demand and by the clock. Changes nothing. Thread-safe. */
public final class StandardApi {
    private static final Logger LOG = LoggerFactory.getLogger(StandardApi.class);

    private final Tokens tokens;
    private final Evaluation evaluation;
    private final StandardMetrics metrics = new StandardMetrics();

    public StandardApi(Tokens tokens, Evaluation evaluation) {
        this.tokens = tokens;
        this.evaluation = evaluation;
    }

    /** POST sites/{id}/standard: every control, evaluated now. */
    public CompletionStage<Reply> site(Call call) {
        if (!tokens.admits(call.authorization())) {
            return CompletableFuture.completedStage(Reply.unauthorized());
        }
        return id(call.id())
                .flatMap(evaluation::of)
                .map(report -> report.thenApply(told -> Reply.ok(view(told))))
                .orElseGet(() -> CompletableFuture.completedStage(
                        Reply.problem(404, "No such site", List.of("no site \"" + call.id() + "\" is declared"))));
    }

    /** POST parity: every control at every site, evaluated now. */
    public CompletionStage<Reply> parity(Call call) {
        return tokens.admits(call.authorization())
                ? evaluation.everywhere().thenApply(parity -> Reply.ok(view(parity)))
                : CompletableFuture.completedStage(Reply.unauthorized());
    }

    /** POST gaps: every gap of the ledger, as what is found now leaves it. */
    public CompletionStage<Reply> gaps(Call call) {
        return tokens.admits(call.authorization())
                ? evaluation.ledger().thenApply(ledger -> Reply.ok(view(ledger)))
                : CompletableFuture.completedStage(Reply.unauthorized());
    }

    /** Evaluates every site, and logs each with what it came to. */
    public CompletionStage<Void> everySite() {
        return evaluation.everywhere().thenAccept(parity -> parity.sites().forEach(StandardApi::log));
    }

    /** What was last found at each site, in short. */
    ArrayNode last() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        evaluation.last().forEach(report -> all.add(summary(report)));
        return all;
    }

    /** The same as Prometheus text, with every finding. */
    String metrics() {
        return metrics.text(evaluation.last());
    }

    private static void log(Report report) {
        List<Found> broken = report.found().stream()
                .filter(found -> found.finding() instanceof Finding.Broken)
                .toList();
        LOG.atLevel(broken.isEmpty() ? Level.INFO : Level.WARN)
                .addKeyValue("site", report.site())
                .log("{}: {} % of the standard holds; {}", report.site(), report.score(), report.counts());
        broken.forEach(found -> LOG.atWarn()
                .addKeyValue("site", report.site())
                .addKeyValue("asset", found.subject())
                .log(
                        "{}: {} is broken since {}: {}",
                        found.subject(),
                        found.control().id(),
                        found.since(),
                        found.finding().evidence()));
    }

    private static Optional<SiteId> id(String id) {
        try {
            return Optional.of(new SiteId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ObjectNode summary(Report report) {
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

    private static ObjectNode view(Report report) {
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

    private static ObjectNode view(Parity parity) {
        ObjectNode json = Views.object();
        ArrayNode sites = json.putArray("sites");
        parity.sites().forEach(report -> sites.add(summary(report)));
        ArrayNode rows = json.putArray("controls");
        parity.rows().forEach(row -> {
            ObjectNode cells = control(rows.addObject(), row.control()).putObject("sites");
            row.cells().forEach((site, cell) -> {
                ObjectNode counts = cells.putObject(site.value())
                        .put("finding", cell.word())
                        .putObject("counts");
                cell.counts().forEach(counts::put);
            });
        });
        return json;
    }

    private static ObjectNode view(Ledger ledger) {
        ObjectNode json = Views.object().put("closed", ledger.isClosed());
        ArrayNode gaps = json.putArray("gaps");
        ledger.entries().forEach(entry -> {
            ObjectNode one = gaps.addObject()
                    .put("gap", entry.gap().number())
                    .put("title", entry.gap().title())
                    .put("severity", entry.gap().severity().name().toLowerCase(Locale.ROOT))
                    .put("state", entry.state().name().toLowerCase(Locale.ROOT));
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
