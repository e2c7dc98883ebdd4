package io.ridethrough.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import io.ridethrough.standard.Finding;
import io.ridethrough.standard.Found;
import io.ridethrough.standard.Ledger;
import io.ridethrough.standard.Report;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receipts of what the standard found, in the same chain as those of runs. An evaluation whose receipt cannot be written
 * tells what it found all the same, and that there is none. Thread-safe.
 */
public final class StandardReceipts {
    private static final Logger LOG = LoggerFactory.getLogger(StandardReceipts.class);
    private static final int PAGE = 50;

    /** How it begins, by whom something was evaluated, where that follows a startup. */
    public static final String AFTER_STARTUP = "the startup of run ";

    private final Journal journal;
    private final String world;
    private final StandardTrend trend;
    private final AtomicLong counter = new AtomicLong();
    /** Of each control, in which worlds it was ever observed; read of the journal up to the receipt {@link #known}. */
    private final Map<String, Seen> seen = new TreeMap<>();

    /** Of each control at each asset, whether it held when it could last be seen. */
    private final Map<String, Boolean> held = new TreeMap<>();

    private long known;

    /** On what a control was ever observed. */
    public enum Seen {
        /** Nothing yet: it could not be seen anywhere. */
        NEVER,
        /** Nothing but tests answers it. */
        TESTS,
        /** A simulated target. */
        LAB,
        /** A real target. */
        REAL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A receipt that was written, or why none was.
     *
     * @param number 0 where none was
     * @param trouble empty where one was
     */
    public record Written(long number, String hash, String trouble) {
        private static Written of(JsonNode receipt) {
            return new Written(
                    receipt.path("number").asLong(), receipt.path("hash").asText(), "");
        }

        /** Whether there is one. */
        boolean there() {
            return number > 0;
        }

        ObjectNode json() {
            ObjectNode json = Views.object();
            return there() ? json.put("number", number).put("hash", hash) : json.put("trouble", trouble);
        }
    }

    /** @param world {@code real}, or what stands on every receipt of a lab */
    public StandardReceipts(Journal journal, String world) {
        this.journal = journal;
        this.world = world;
        this.trend = new StandardTrend(journal, world);
    }

    /** What earlier evaluations of the whole standard came to at a site, oldest first. */
    List<StandardTrend.Point> trend(SiteId site) {
        return trend.of(site);
    }

    /**
     * Writes what was found at a site.
     *
     * @param pack the pack that was evaluated; empty for the whole standard
     * @param by who or what had it evaluated
     * @param contracts the digest of the contracts that it went by
     */
    public Written of(Report report, Optional<String> pack, String by, String contracts) {
        ObjectNode receipt =
                begin("standard", report.site().value(), report.at().toString(), by);
        pack.ifPresent(name -> receipt.put("pack", name));
        receipt.put("contracts", contracts).put("result", isWell(report) ? "holds" : "not well");
        receipt.put("score", report.score());
        ObjectNode counts = receipt.putObject("counts");
        report.counts().forEach(counts::put);
        escalate(report, by, receipt);
        ArrayNode findings = receipt.putArray("findings");
        for (Found found : report.found()) {
            ObjectNode one = findings.addObject()
                    .put("control", found.control().id())
                    .put("asset", found.subject().name())
                    .put("finding", found.finding().word())
                    .put("since", found.since().toString());
            if (!(found.finding() instanceof Finding.Holds)) {
                one.put("evidence", found.finding().evidence());
            }
        }
        return written(receipt);
    }

    /** What is broken after a startup and held when it was last seen before: a person is needed. */
    private void escalate(Report report, String by, ObjectNode receipt) {
        if (!by.startsWith(AFTER_STARTUP)) {
            return;
        }
        Map<String, Boolean> before = before();
        List<String> fresh = report.found().stream()
                .filter(found -> found.finding() instanceof Finding.Broken)
                .filter(found -> before.getOrDefault(
                        at(
                                report.site().value(),
                                found.control().id(),
                                found.subject().name()),
                        false))
                .map(found -> found.control().id() + " at " + found.subject() + " was not there before: "
                        + found.finding().evidence())
                .toList();
        if (!fresh.isEmpty()) {
            ArrayNode escalated = receipt.putArray("escalated");
            fresh.forEach(escalated::add);
            fresh.forEach(why -> LOG.atError()
                    .addKeyValue("site", report.site())
                    .addKeyValue("reason", why)
                    .log("Escalated; a person is needed"));
        }
    }

    private static String at(String site, String control, String asset) {
        return site + " " + control + " " + asset;
    }

    private static boolean isWell(Report report) {
        return report.found().stream()
                .allMatch(found ->
                        found.finding() instanceof Finding.Holds || found.finding() instanceof Finding.Accepted);
    }

    /**
     * Writes that every gap is answered, and by what each is.
     *
     * @param evaluations the receipt of each site's evaluation that it rests on
     */
    public Written closing(Ledger ledger, Map<SiteId, Written> evaluations, String at, String by) {
        ObjectNode receipt = begin("gaps", "all", at, by).put("result", "closed");
        ArrayNode gaps = receipt.putArray("gaps");
        for (Ledger.Entry entry : ledger.entries()) {
            ObjectNode one = gaps.addObject()
                    .put("gap", entry.gap().number())
                    .put("title", entry.gap().title())
                    .put("state", entry.state().name().toLowerCase(Locale.ROOT))
                    .put("seen", seen(entry).word());
            ArrayNode tests = one.putArray("tests");
            entry.gap().tests().forEach(tests::add);
            ObjectNode sites = one.putObject("proved-by");
            entry.sites().forEach((site, standing) -> {
                ObjectNode proof = sites.putObject(site.value());
                proof.set(
                        "evaluation",
                        evaluations
                                .getOrDefault(site, new Written(0, "", "none"))
                                .json());
                ArrayNode evidence = proof.putArray("evidence");
                standing.evidence().forEach(evidence::add);
            });
        }
        return written(receipt);
    }

    private ObjectNode begin(String kind, String scope, String at, String by) {
        String name = kind + "-" + scope + "-" + at.replaceAll("[^0-9]", "") + "-" + counter.incrementAndGet();
        return Views.object()
                .put("kind", kind)
                .put("name", name)
                .put("world", world)
                .put("scope", scope)
                .put("at", at)
                .put("by", by);
    }

    private Written written(ObjectNode receipt) {
        String name = receipt.path("name").asText();
        try {
            return Written.of(journal.appendReceipt(name, receipt));
        } catch (JournalException e) {
            LOG.atWarn().setCause(e).log("What was found leaves no receipt: {}", name);
            return new Written(0, "", String.valueOf(e.getMessage()));
        }
    }

    /** On what any of the controls of a gap was ever observed, by the receipts of this journal. */
    public Seen seen(Ledger.Entry entry) {
        if (entry.controls().isEmpty()) {
            return Seen.TESTS;
        }
        Map<String, Seen> all = seen();
        return entry.controls().stream()
                .map(control -> all.getOrDefault(control, Seen.NEVER))
                .reduce(Seen.NEVER, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    private synchronized Map<String, Boolean> before() {
        var unused = seen();
        return Map.copyOf(held);
    }

    private synchronized Map<String, Seen> seen() {
        List<JsonNode> page = journal.receiptsAfter(known, PAGE);
        while (!page.isEmpty()) {
            page.stream()
                    .filter(receipt -> receipt.path("kind").asText().equals("standard"))
                    .forEach(this::note);
            known = page.get(page.size() - 1).path("number").asLong();
            page = journal.receiptsAfter(known, PAGE);
        }
        return Map.copyOf(seen);
    }

    private void note(JsonNode receipt) {
        Seen where = receipt.path("world").asText().equals("real") ? Seen.REAL : Seen.LAB;
        for (JsonNode found : receipt.path("findings")) {
            if (!found.path("finding").asText().equals("unobservable")) {
                held.put(
                        at(
                                receipt.path("scope").asText(),
                                found.path("control").asText(),
                                found.path("asset").asText()),
                        found.path("finding").asText().equals("holds"));
                seen.merge(
                        found.path("control").asText(), where, (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
        }
    }
}
