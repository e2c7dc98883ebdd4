package io.ridethrough.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.load.Durations;
import io.ridethrough.drill.Armings;
import io.ridethrough.journal.Journal;
import io.ridethrough.plan.PlanJson;
import io.ridethrough.plan.Request;
import io.ridethrough.run.Begun;
import io.ridethrough.run.Progress;
import io.ridethrough.run.Resume;
import io.ridethrough.run.Ruling;
import io.ridethrough.run.Runs;
import io.ridethrough.run.Standing;
import io.ridethrough.run.Starts;
import io.ridethrough.run.WindowLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What can be asked over HTTP. Every answer is JSON; every refusal says why and that nothing was changed. Without a
 * valid token nothing is told and nothing is done.
 */
public final class Api {
    private static final int LARGEST_BODY = 64 * 1024;
    private static final int LISTED = 50;
    private static final int LONGEST_REASON = 500;

    private final Tokens tokens;
    private final Supplier<Contracts> contracts;
    private final Runs runs;
    private final Standing standing;
    private final Journal journal;
    private final Starts starts;
    private final PowerReport power;
    private final Armings armings;
    private final String world;
    private final JsonMapper json;

    public Api(
            Tokens tokens,
            Supplier<Contracts> contracts,
            Runs runs,
            Standing standing,
            Journal journal,
            Starts starts,
            PowerReport power,
            Armings armings,
            String world) {
        this.tokens = tokens;
        this.contracts = contracts;
        this.runs = runs;
        this.standing = standing;
        this.journal = journal;
        this.starts = starts;
        this.power = power;
        this.armings = armings;
        this.world = world;
        this.json = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        this.json
                .getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(20).build());
    }

    /** POST runs: a dry run unless it says {@code execute} and repeats its scope. */
    public CompletionStage<Reply> submit(Call call) {
        Optional<Reply> refused = refused(call);
        if (refused.isPresent()) {
            return CompletableFuture.completedFuture(refused.get());
        }
        Request request;
        try {
            request = Request.read(json.readTree(call.body()), contracts.get(), "http");
        } catch (JsonProcessingException e) {
            return CompletableFuture.completedFuture(notJson(e));
        }
        if (request instanceof Request.Rejected rejected) {
            return CompletableFuture.completedFuture(Reply.problem(422, "The request was refused", rejected.errors()));
        }
        Request.Accepted accepted = (Request.Accepted) request;
        boolean releases = accepted.intent().execute() && !accepted.release().isEmpty();
        CompletionStage<Begun> begun = releases
                ? starts.begin(accepted.intent().shown()).thenCompose(shown -> released(accepted, shown))
                : starts.begin(accepted.intent());
        return begun.thenApply(Api::answer);
    }

    /** A run that is refused releases nothing. */
    private CompletionStage<Begun> released(Request.Accepted accepted, Begun shown) {
        Optional<String> refusal = shown instanceof Begun.Shown dry ? dry.plan().refusal() : Optional.empty();
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(new Begun.Denied(refusal.get()));
        }
        List<Standing.Hold> lifted = standing.holds().values().stream()
                .filter(hold -> accepted.release().contains(hold.asset()))
                .toList();
        lifted.forEach(hold -> standing.release(hold.asset(), "http"));
        return starts.begin(accepted.intent()).thenApply(begun -> {
            if (begun instanceof Begun.Denied) {
                lifted.forEach(hold -> standing.hold(hold.asset(), hold.by(), hold.reason()));
            }
            return begun;
        });
    }

    private static Reply answer(Begun begun) {
        if (begun instanceof Begun.Running running) {
            return Reply.accepted(PlanJson.of(running.plan()).put("run", running.run()));
        }
        if (begun instanceof Begun.Shown shown) {
            ObjectNode plan = PlanJson.of(shown.plan());
            if (!shown.gates().isEmpty()) {
                plan.putArray("gates").addAll(shown.gates());
            }
            return Reply.ok(plan);
        }
        return Reply.problem(409, "No run was begun", List.of(((Begun.Denied) begun).reason()));
    }

    /** GET runs: the open ones as they stand, and the last receipts, newest first. None is both. */
    public Reply runs(Call call) {
        return guarded(call, () -> {
            List<Progress> begun = runs.progress();
            ObjectNode view = Views.object().put("world", world);
            ArrayNode open = view.putArray("open");
            begun.stream()
                    .filter(progress -> closed(progress.run()).isEmpty())
                    .forEach(progress -> open.add(Views.progress(progress)));
            ArrayNode closed = view.putArray("closed");
            unwritten().forEach(receipt -> closed.add(receipt.without("steps")));
            List<JsonNode> receipts = journal.receipts().stream()
                    .filter(receipt -> receipt.path("kind").asText("run").equals("run"))
                    .toList();
            for (int i = receipts.size() - 1; i >= Math.max(0, receipts.size() - LISTED); i--) {
                ObjectNode summary = receipts.get(i).deepCopy();
                summary.remove("steps");
                closed.add(summary);
            }
            return Reply.ok(view);
        });
    }

    /** GET runs/{id}: its receipt as soon as there is one, an open run as it stands. */
    public Reply run(Call call) {
        return guarded(call, () -> {
            String id = call.id();
            // Looked for first: a run that closes meanwhile has a receipt by then.
            Optional<Progress> begun = runs.progress().stream()
                    .filter(progress -> progress.run().equals(id))
                    .findFirst();
            return closed(id)
                    .map(Reply::ok)
                    .or(() -> begun.map(
                            progress -> Reply.ok(Views.progress(progress).put("world", world))))
                    .orElseGet(() -> Reply.problem(404, "No such run", List.of("no run \"" + id + "\"")));
        });
    }

    private Optional<JsonNode> closed(String run) {
        return journal.receipt(run).or(() -> unwritten().stream()
                .filter(receipt -> receipt.path("run").asText().equals(run))
                .<JsonNode>map(receipt -> receipt)
                .findFirst());
    }

    /** Newest first; each says itself that no journal has it. */
    private List<ObjectNode> unwritten() {
        List<ObjectNode> receipts = new ArrayList<>(runs.unwritten());
        Collections.reverse(receipts);
        receipts.forEach(receipt -> receipt.put("in-memory-only", true));
        return receipts;
    }

    /** POST runs/{id}/resume: {@code {"reason": "..."}}; a run that waits for a person goes on. */
    public Reply resume(Call call) {
        return decided(call, (run, reason) -> {
            if (run.asleep().isEmpty()) {
                return Reply.problem(409, "Nothing to resume", List.of("run \"" + run.run() + "\" goes on already"));
            }
            starts.resume(new Resume(Optional.of(run.run()), "http", reason));
            return Reply.ok(Views.object().put("run", run.run()).put("resumed", true));
        });
    }

    /** POST runs/{id}/abandon: {@code {"reason": "..."}}; nothing more begins, what has begun settles. */
    public Reply abandon(Call call) {
        return decided(call, (run, reason) -> {
            runs.stop(run.run(), "abandoned over http: " + reason);
            return Reply.ok(Views.object().put("run", run.run()).put("abandoned", true));
        });
    }

    /**
     * POST runs/{id}/override: {@code {"step": "...", "word": "retry" | "skip" | "mark-done" | "at", "reason": "...",
     * "address": "...", "by": "..."}}; a person overrides one step (R33).
     */
    public CompletionStage<Reply> override(Call call) {
        Optional<Reply> refused = refused(call);
        if (refused.isPresent()) {
            return CompletableFuture.completedFuture(refused.get());
        }
        try {
            return Overrides.read(json.readTree(call.body()), call.id())
                    .at(
                            errors -> CompletableFuture.completedFuture(
                                    Reply.problem(422, "The request was refused", errors)),
                            this::overridden);
        } catch (JsonProcessingException e) {
            return CompletableFuture.completedFuture(notJson(e));
        }
    }

    private CompletionStage<Reply> overridden(Ruling ruling) {
        String run = ruling.run();
        if (runs.closing(run).isEmpty()) {
            return CompletableFuture.completedFuture(
                    journal.receipt(run).isPresent()
                            ? Reply.problem(409, "The run has ended", List.of("run \"" + run + "\" has its receipt"))
                            : Reply.problem(404, "No such run", List.of("no run \"" + run + "\" is open")));
        }
        return starts.rule(ruling).thenApply(Overrides::answer);
    }

    /** POST journal/accept: {@code {"reason": "..."}}; a person accepts the journal that took a damaged one's place. */
    public Reply acceptJournal(Call call) {
        return change(
                call,
                json -> reasoned(
                        json,
                        reason -> standing.accept("http", reason)
                                ? Reply.ok(Views.object().put("accepted", true))
                                : Reply.problem(409, "Nothing to accept", List.of("the journal was not set aside"))));
    }

    private static Reply reasoned(JsonNode json, Function<String, Reply> work) {
        String reason = json.path("reason").asText();
        return reason.isBlank() || reason.length() > LONGEST_REASON
                ? Reply.problem(422, "The request was refused", List.of("\"reason\" is a short text for the receipt"))
                : work.apply(reason);
    }

    private Reply decided(Call call, BiFunction<Progress, String, Reply> work) {
        return change(
                call,
                json -> reasoned(json, reason -> runs.progress().stream()
                        .filter(run -> run.run().equals(call.id()))
                        .findFirst()
                        .map(run -> work.apply(run, reason))
                        .orElseGet(() ->
                                Reply.problem(404, "No such run", List.of("no run \"" + call.id() + "\" is open")))));
    }

    /** GET sites: the one screen that tells the state of every site. */
    public Reply sites(Call call) {
        return guarded(call, () -> {
            ObjectNode view = Views.object().put("world", world);
            standing.observeOnly().ifPresent(why -> view.put("observe-only", why));
            ArrayNode sites = view.putArray("sites");
            for (Site site : contracts.get().sites().values()) {
                ObjectNode one = sites.addObject()
                        .put("site", site.id().value())
                        .put("title", site.title())
                        .put("readiness", standing.readiness(site.id()).name().toLowerCase(Locale.ROOT))
                        .put("power", power.report(site.id()));
                Views.decisions(one.putArray("power-log"), power.lately(site.id()));
                Views.inhibit(one, standing, site.id());
                Views.armed(one, standing, armings, contracts.get(), site.id());
                runs.runAt(site.id()).ifPresent(run -> one.put("run", run));
                Views.windows(
                        one.putArray("windows"), site.id(), contracts.get().policy(), new WindowLog(journal));
                ArrayNode holds = one.putArray("holds");
                standing.holds().values().stream()
                        .filter(hold -> hold.asset().site().equals(site.id()))
                        .forEach(hold -> holds.addObject()
                                .put("asset", hold.asset().toString())
                                .put("by", hold.by())
                                .put("reason", hold.reason())
                                .put("since", hold.since().toString()));
            }
            return Reply.ok(view);
        });
    }

    /** GET sites/{id}/forecast: what would happen if power failed now. */
    public Reply forecast(Call call) {
        return guarded(call, () -> contracts.get().sites().keySet().stream()
                .filter(known -> known.value().equals(call.id()))
                .findFirst()
                .flatMap(power::ifPowerFailed)
                .map(failed -> Reply.ok(
                        Views.ifPowerFailed(failed).put("site", call.id()).put("world", world)))
                .orElseGet(() -> Reply.problem(
                        404, "No forecast", List.of("no site \"" + call.id() + "\" that a UPS feeds is declared"))));
    }

    /**
     * POST sites/{id}/readiness: {@code {"readiness": "armed" | "watching"}}; with {@code "waive-rehearsal"} why it may be
     * armed without a drill (R37).
     */
    public Reply ready(Call call) {
        return change(call, json -> {
            String id = call.id();
            Optional<SiteId> site = contracts.get().sites().keySet().stream()
                    .filter(known -> known.value().equals(id))
                    .findFirst();
            String word = json.path("readiness").asText();
            if (site.isEmpty() || !(word.equals("armed") || word.equals("watching"))) {
                return Reply.problem(
                        422,
                        "The request was refused",
                        List.of("needs a declared site and \"readiness\": \"armed\" or \"watching\""));
            }
            return word.equals("armed") ? arm(site.get(), json.path("waive-rehearsal")) : disarm(site.get());
        });
    }

    private Reply disarm(SiteId site) {
        standing.ready(site, Standing.Readiness.WATCHING, "http");
        return Reply.ok(Views.object().put("site", site.value()).put("readiness", "watching"));
    }

    private Reply arm(SiteId site, JsonNode waiver) {
        if (!waiver.isMissingNode()
                && (!waiver.isTextual()
                        || waiver.asText().isBlank()
                        || waiver.asText().length() > LONGEST_REASON)) {
            return Reply.problem(
                    422,
                    "The request was refused",
                    List.of("\"waive-rehearsal\" is a short text for the record: why no rehearsal is needed"));
        }
        Contracts with = contracts.get();
        if (standing.readiness(site) == Standing.Readiness.WATCHING
                || waiver.isTextual()
                || armings.of(site)
                        .filter(arming -> !arming.contracts().equals(with.digestOf(site)))
                        .isPresent()) {
            Armings.Answer answer = armings.ask(
                    site, with, Optional.of(waiver).filter(JsonNode::isTextual).map(JsonNode::asText));
            if (answer instanceof Armings.Refused refused) {
                return Reply.notRehearsed(site.value(), refused.reason());
            }
            armings.record(site, with, ((Armings.Granted) answer).grounds(), "http");
        }
        standing.ready(site, Standing.Readiness.ARMED, "http");
        ObjectNode view = Views.object().put("site", site.value()).put("readiness", "armed");
        Views.armed(view, standing, armings, with, site);
        return Reply.ok(view);
    }

    /** POST sites/{id}/inhibit: {@code {"for": "2h", "reason": "..."}}; an armed site acts on nothing until then. */
    public Reply inhibit(Call call) {
        return change(
                call,
                json -> reasoned(json, reason -> {
                    Optional<Duration> lasts = Durations.parse(json.path("for").asText());
                    Optional<SiteId> site = contracts.get().sites().keySet().stream()
                            .filter(known -> known.value().equals(call.id()))
                            .findFirst();
                    if (site.isEmpty() || lasts.isEmpty()) {
                        return Reply.problem(
                                422,
                                "The request was refused",
                                List.of("needs a declared site and \"for\": \"30m\" or \"2h\""));
                    }
                    return standing.inhibit(site.get(), lasts.get(), "http", reason)
                            .map(why -> Reply.problem(409, "Not inhibited", List.of(why)))
                            .orElseGet(() -> Reply.ok(
                                    Views.inhibit(Views.object().put("site", call.id()), standing, site.get())));
                }));
    }

    /** POST sites/{id}/outage: {@code {"word": "defer", "reason": "..."}}, or {@code begin-now}. */
    public Reply outage(Call call) {
        return change(
                call,
                json -> reasoned(json, reason -> {
                    Optional<PowerReport.Word> word = List.of(PowerReport.Word.values()).stream()
                            .filter(known ->
                                    word(known).equals(json.path("word").asText()))
                            .findFirst();
                    Optional<SiteId> site = contracts.get().sites().keySet().stream()
                            .filter(known -> known.value().equals(call.id()))
                            .findFirst();
                    if (site.isEmpty() || word.isEmpty()) {
                        return Reply.problem(
                                422,
                                "The request was refused",
                                List.of("needs a declared site and \"word\": \"defer\" or \"begin-now\""));
                    }
                    return power.said(site.get(), word.get(), reason)
                            .map(why -> Reply.problem(409, "No effect", List.of(why)))
                            .orElseGet(() -> Reply.ok(Views.object()
                                    .put("site", call.id())
                                    .put("word", word(word.get()))
                                    .put("power", power.report(site.get()))));
                }));
    }

    private static String word(PowerReport.Word word) {
        return word.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** POST holds: {@code {"asset": "site/name", "reason": "...", "release": false}}. */
    public Reply hold(Call call) {
        return change(call, json -> {
            String name = json.path("asset").asText();
            Optional<AssetId> asset = contracts.get().assets().keySet().stream()
                    .filter(known -> known.toString().equals(name))
                    .findFirst();
            if (asset.isEmpty()) {
                return Reply.problem(422, "The request was refused", List.of("no asset \"" + name + "\" is declared"));
            }
            if (json.path("release").asBoolean(false)) {
                boolean was = standing.release(asset.get(), "http");
                return Reply.ok(Views.object().put("asset", name).put("released", was));
            }
            standing.hold(asset.get(), "http", json.path("reason").asText("a person works here"));
            return Reply.ok(Views.object().put("asset", name).put("held", true));
        });
    }

    private Reply change(Call call, Function<JsonNode, Reply> work) {
        Optional<Reply> refused = refused(call);
        if (refused.isPresent()) {
            return refused.get();
        }
        try {
            return work.apply(json.readTree(call.body()));
        } catch (JsonProcessingException e) {
            return notJson(e);
        }
    }

    private Reply guarded(Call call, Supplier<Reply> work) {
        return tokens.admits(call.authorization()) ? work.get() : Reply.unauthorized();
    }

    private Optional<Reply> refused(Call call) {
        if (!tokens.admits(call.authorization())) {
            return Optional.of(Reply.unauthorized());
        }
        if (call.body().isBlank()) {
            return Optional.of(Reply.problem(400, "The request is empty", List.of("send a JSON object")));
        }
        if (call.body().length() > LARGEST_BODY) {
            return Optional.of(Reply.problem(413, "The request is too large", List.of("at most 64 KiB")));
        }
        return Optional.empty();
    }

    private static Reply notJson(JsonProcessingException e) {
        return Reply.problem(
                400,
                "The request is not JSON",
                List.of("line " + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()) + ": "
                        + e.getOriginalMessage()));
    }
}
