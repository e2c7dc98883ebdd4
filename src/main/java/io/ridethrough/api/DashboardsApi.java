package io.ridethrough.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.dashboard.Dashboards;
import io.ridethrough.dashboard.KeptDashboard;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is kept of the dashboards of a site, and putting it back, which leaves a receipt. Thread-safe. */
public final class DashboardsApi {
    private static final Logger LOG = LoggerFactory.getLogger(DashboardsApi.class);
    private static final int LARGEST_BODY = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Tokens tokens;
    private final Dashboards dashboards;
    private final Journal journal;
    private final String world;
    private final InstantSource clock;
    private final AtomicLong counter = new AtomicLong();

    public DashboardsApi(Tokens tokens, Dashboards dashboards, Journal journal, String world, InstantSource clock) {
        this.tokens = tokens;
        this.dashboards = dashboards;
        this.journal = journal;
        this.world = world;
        this.clock = clock;
    }

    /** What is asked: nothing is put unless it says execute and repeats the site. */
    private record Wish(Set<String> named, boolean execute, String confirm) {
        static Wish of(JsonNode said) {
            Set<String> named = new TreeSet<>();
            said.path("paths").forEach(path -> named.add(path.asText()));
            return new Wish(
                    named,
                    said.path("execute").asBoolean(),
                    said.path("confirm").asText());
        }
    }

    /**
     * POST sites/{id}/dashboards: {@code {"paths": [...], "execute": true, "confirm": "site"}}. Without paths what is away
     * is put back; with them those, whatever is on them now.
     */
    public CompletionStage<Reply> putBack(Call call) {
        if (!tokens.admits(call.authorization())) {
            return CompletableFuture.completedStage(Reply.unauthorized());
        }
        Optional<AssetId> guest = id(call.id()).flatMap(dashboards::guest);
        if (guest.isEmpty()) {
            return refused(404, "No Home Assistant", "no site \"" + call.id() + "\" that has one is declared");
        }
        Wish wish;
        try {
            wish = Wish.of(
                    call.body().isBlank() || call.body().length() > LARGEST_BODY
                            ? Views.object()
                            : JSON.readTree(call.body()));
        } catch (JsonProcessingException e) {
            return refused(400, "The request is not JSON", e.getOriginalMessage());
        }
        if (wish.execute() && !wish.confirm().equals(call.id())) {
            return refused(
                    422,
                    "The request was refused",
                    "\"execute\" needs \"confirm\": \"" + call.id() + "\", the site once more");
        }
        return dashboards.seen(guest.get()).thenCompose(seen -> answered(guest.get(), wish, seen));
    }

    private CompletionStage<Reply> answered(AssetId guest, Wish wish, Dashboards.Seen seen) {
        if (!seen.trouble().isEmpty()) {
            return refused(409, "Not seen", seen.trouble());
        }
        Set<String> unknown = new TreeSet<>(wish.named());
        seen.all().forEach(one -> unknown.remove(one.kept().path()));
        if (!unknown.isEmpty()) {
            return refused(422, "The request was refused", "nothing is kept of " + String.join(", ", unknown));
        }
        List<KeptDashboard> toPut = Dashboards.toPut(seen, wish.named());
        ObjectNode view = view(guest, seen, toPut);
        if (!wish.execute() || toPut.isEmpty()) {
            return CompletableFuture.completedStage(Reply.ok(view.put("executed", wish.execute())));
        }
        return dashboards.put(guest, toPut).thenApply(all -> {
            ArrayNode back = view.put("executed", true).putArray("put-back");
            all.forEach(one -> back.addObject()
                    .put("path", one.path())
                    .put("back", one.back())
                    .put("evidence", one.evidence()));
            return Reply.ok(view.set("receipt", written(guest, all)));
        });
    }

    private static ObjectNode view(AssetId guest, Dashboards.Seen seen, List<KeptDashboard> toPut) {
        ObjectNode view = Views.object().put("site", guest.site().value()).put("asset", guest.toString());
        ArrayNode kept = view.putArray("kept");
        seen.all().forEach(one -> kept.addObject()
                .put("path", one.kept().path())
                .put("title", one.kept().title())
                .put("views", one.kept().views())
                .put("since", one.kept().at().toString())
                .put("stands", Dashboards.word(one.stands()))
                .put("to-put", toPut.contains(one.kept())));
        return view;
    }

    /** What is on a dashboard is in no receipt: it may hold a login. */
    private ObjectNode written(AssetId guest, List<Dashboards.PutBack> all) {
        String at = clock.instant().toString();
        String name =
                "dashboards-" + guest.site() + "-" + at.replaceAll("[^0-9]", "") + "-" + counter.incrementAndGet();
        boolean complete = all.stream().allMatch(Dashboards.PutBack::back);
        ObjectNode receipt = Views.object()
                .put("kind", "dashboards")
                .put("name", name)
                .put("world", world)
                .put("scope", guest.toString())
                .put("at", at)
                .put("by", "http")
                .put("result", complete ? "complete" : "incomplete");
        ArrayNode put = receipt.putArray("put-back");
        all.forEach(one ->
                put.addObject().put("path", one.path()).put("back", one.back()).put("evidence", one.evidence()));
        all.forEach(one -> LOG.atLevel(one.back() ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.WARN)
                .addKeyValue("asset", guest)
                .log("{}: dashboard {}: {}", guest, one.path(), one.evidence()));
        try {
            JsonNode written = journal.appendReceipt(name, receipt);
            return Views.object().put("number", written.path("number").asLong());
        } catch (JournalException e) {
            LOG.atWarn().setCause(e).log("What was put back leaves no receipt: {}", name);
            return Views.object().put("trouble", String.valueOf(e.getMessage()));
        }
    }

    private static CompletionStage<Reply> refused(int status, String title, String why) {
        return CompletableFuture.completedStage(Reply.problem(status, title, List.of(why)));
    }

    private static Optional<SiteId> id(String id) {
        try {
            return Optional.of(new SiteId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
