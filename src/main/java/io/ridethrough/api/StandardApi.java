package io.ridethrough.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Pack;
import io.ridethrough.contract.SiteId;
import io.ridethrough.standard.Evaluation;
import io.ridethrough.standard.Finding;
import io.ridethrough.standard.Found;
import io.ridethrough.standard.Ledger;
import io.ridethrough.standard.Parity;
import io.ridethrough.standard.Report;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What the standard finds at sites, evaluated on demand and by the clock. Changes nothing. Thread-safe. */
public final class StandardApi {
    private static final Logger LOG = LoggerFactory.getLogger(StandardApi.class);

    private static final int LARGEST_BODY = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Tokens tokens;
    private final Evaluation evaluation;
    private final StandardReceipts receipts;
    private final StandardMetrics metrics = new StandardMetrics();

    public StandardApi(Tokens tokens, Evaluation evaluation, StandardReceipts receipts) {
        this.tokens = tokens;
        this.evaluation = evaluation;
        this.receipts = receipts;
    }

    /** POST sites/{id}/standard: every control, evaluated now; with {@code {"pack": "..."}} those of a pack alone. */
    public CompletionStage<Reply> site(Call call) {
        if (!tokens.admits(call.authorization())) {
            return CompletableFuture.completedStage(Reply.unauthorized());
        }
        String name = said(call).path("pack").asText();
        Optional<Pack> pack = evaluation.pack(name);
        if (!name.isEmpty() && pack.isEmpty()) {
            return CompletableFuture.completedStage(Reply.problem(
                    404,
                    "No such pack",
                    List.of("no pack \"" + name + "\" is declared; known are " + evaluation.packs())));
        }
        return id(call.id())
                .flatMap(site -> pack.isPresent() ? evaluation.of(site, pack.get()) : evaluation.of(site))
                .map(report -> report.thenApply(told -> {
                    StandardReceipts.Written written =
                            receipts.of(told, pack.map(Pack::id), "http", evaluation.digestOf(told.site()));
                    return Reply.ok(StandardViews.of(told).set("receipt", written.json()));
                }))
                .orElseGet(() -> CompletableFuture.completedStage(
                        Reply.problem(404, "No such site", List.of("no site \"" + call.id() + "\" is declared"))));
    }

    /** What a request says; nothing where it is no JSON object. */
    private static JsonNode said(Call call) {
        try {
            return call.body().length() > LARGEST_BODY ? Views.object() : JSON.readTree(call.body());
        } catch (JsonProcessingException e) {
            return Views.object();
        }
    }

    /** POST parity: every control at every site, evaluated now. */
    public CompletionStage<Reply> parity(Call call) {
        return tokens.admits(call.authorization())
                ? evaluation.everywhere().thenApply(parity -> {
                    ObjectNode view = StandardViews.of(parity, receipts::trend);
                    var unused = written(parity, "http");
                    return Reply.ok(view);
                })
                : CompletableFuture.completedStage(Reply.unauthorized());
    }

    /**
     * POST gaps: every gap of the ledger, as what is found now leaves it. With {@code {"gate": true}}, when all are
     * answered, a closing receipt names for each what proves it.
     */
    public CompletionStage<Reply> gaps(Call call) {
        if (!tokens.admits(call.authorization())) {
            return CompletableFuture.completedStage(Reply.unauthorized());
        }
        boolean gate = said(call).path("gate").asBoolean();
        return evaluation.everywhere().thenApply(parity -> {
            Map<SiteId, StandardReceipts.Written> evaluations = written(parity, "http");
            Ledger ledger = evaluation.ledger(parity);
            ObjectNode view = StandardViews.of(ledger, receipts::seen);
            if (gate && ledger.isClosed()) {
                String at = parity.sites().stream()
                        .map(report -> report.at().toString())
                        .max(Comparator.naturalOrder())
                        .orElse("");
                view.set("receipt", closing(ledger, evaluations, at).json());
            }
            return Reply.ok(view);
        });
    }

    /** A gate rests on what is written down: without every evaluation's receipt there is no closing one. */
    private StandardReceipts.Written closing(
            Ledger ledger, Map<SiteId, StandardReceipts.Written> evaluations, String at) {
        return evaluations.values().stream()
                .filter(written -> !written.there())
                .findFirst()
                .orElseGet(() -> receipts.closing(ledger, evaluations, at, "http"));
    }

    private Map<SiteId, StandardReceipts.Written> written(Parity parity, String by) {
        Map<SiteId, StandardReceipts.Written> all = new TreeMap<>();
        parity.sites()
                .forEach(report -> all.put(
                        report.site(), receipts.of(report, Optional.empty(), by, evaluation.digestOf(report.site()))));
        return all;
    }

    /** Evaluates every site, and logs each with what it came to. */
    public CompletionStage<Void> everySite() {
        return evaluation.everywhere().thenAccept(parity -> {
            var unused = written(parity, "the clock");
            parity.sites().forEach(StandardApi::log);
        });
    }

    /**
     * Evaluates a pack at some sites, and logs each with what it came to.
     *
     * @param by what had it evaluated, for the receipts
     */
    public CompletionStage<Void> pack(Pack pack, Collection<SiteId> sites, String by) {
        List<CompletableFuture<Void>> all = sites.stream()
                .flatMap(site -> evaluation.of(site, pack).stream())
                .map(report -> report.thenAccept(told -> {
                            var unused =
                                    receipts.of(told, Optional.of(pack.id()), by, evaluation.digestOf(told.site()));
                            log(told);
                        })
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    /** Every declared site. */
    public Collection<SiteId> sites() {
        return evaluation.sites();
    }

    /** What was last found at each site, in short. */
    ArrayNode last() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        evaluation.last().forEach(report -> all.add(StandardViews.summary(report)));
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
}
