package io.ridethrough.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.SiteId;
import io.ridethrough.ready.Readiness;
import io.ridethrough.ready.ReadyToAct;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether sites are ready to act, tried on demand and by the clock. Changes nothing at any target. Thread-safe. */
public final class ReadyApi {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyApi.class);

    private final Tokens tokens;
    private final Supplier<Set<SiteId>> sites;
    private final ReadyToAct ready;

    public ReadyApi(Tokens tokens, Supplier<Set<SiteId>> sites, ReadyToAct ready) {
        this.tokens = tokens;
        this.sites = sites;
        this.ready = ready;
    }

    /** POST sites/{id}/ready: tries it now for a person, within a minute. */
    public CompletionStage<Reply> tryNow(Call call) {
        if (!tokens.admits(call.authorization())) {
            return CompletableFuture.completedFuture(Reply.unauthorized());
        }
        Optional<SiteId> site =
                sites.get().stream().filter(id -> id.value().equals(call.id())).findFirst();
        return site.<CompletionStage<Reply>>map(
                        id -> ready.byHand(id).thenApply(readiness -> Reply.ok(view(readiness))))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        Reply.problem(404, "No such site", List.of("no site \"" + call.id() + "\" is declared"))));
    }

    /** Tries every site, and logs each with what it came to. */
    public CompletionStage<Void> everySite() {
        return CompletableFuture.allOf(sites.get().stream()
                .map(site -> ready.now(site).thenAccept(ReadyApi::log).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private static void log(Readiness readiness) {
        LOG.atLevel(readiness.ready() ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.WARN)
                .addKeyValue("site", readiness.site())
                .addKeyValue("reason", readiness.why().orElse(""))
                .log(
                        "{}: {}{}",
                        readiness.site(),
                        readiness.word(),
                        readiness.why().map(why -> ": " + why).orElse(""));
    }

    /** What each site came to when it was last tried; sites that were not yet are left out. */
    ArrayNode last() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        sites.get().stream().sorted().flatMap(site -> ready.last(site).stream()).forEach(one -> all.add(summary(one)));
        return all;
    }

    private static ObjectNode summary(Readiness readiness) {
        ObjectNode view = Views.object()
                .put("site", readiness.site().value())
                .put("ready", readiness.ready())
                .put("word", readiness.word())
                .put("at", readiness.at().toString());
        readiness.why().ifPresent(why -> view.put("why", why));
        return view;
    }

    private static ObjectNode view(Readiness readiness) {
        ObjectNode view = summary(readiness);
        ArrayNode ways = view.putArray("ways");
        readiness.tried().forEach(tried -> ways.addObject()
                .put("target", tried.target().toString())
                .put("way", tried.way())
                .put("ready", tried.ready())
                .put("evidence", tried.evidence()));
        ArrayNode expiring = view.putArray("expiring");
        readiness.expiring().forEach(end -> expiring.addObject()
                .put("target", end.target().toString())
                .put("what", end.what())
                .put("at", end.at().toString()));
        return view;
    }
}
