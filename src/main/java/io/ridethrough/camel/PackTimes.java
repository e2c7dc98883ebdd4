package io.ridethrough.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.api.StandardApi;
import io.ridethrough.api.StandardReceipts;
import io.ridethrough.contract.Pack;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** Has packs of the standard evaluated by the clock, and after runs that brought something up. Only looks. */
public final class PackTimes {
    private static final int PAGE = 50;
    private static final String AFTER_STARTUP = "packs-after-startup";

    private final StandardApi standard;
    private volatile List<Pack> packs = List.of();
    private final Journal journal;
    private final DeclaredRoutes<String, Pack> routes;
    /** Whether packs were declared before: then what ended before a further one was declared is not for it. */
    private boolean followed;

    private long read;

    /** What has ended up to now is not evaluated. */
    public PackTimes(CamelContext context, StandardApi standard, Journal journal) {
        this.standard = standard;
        this.journal = journal;
        this.routes = new DeclaredRoutes<>(context, route -> route, (route, pack) -> add(context, route, pack));
        var unused = ended();
    }

    /** One pack, whose time has come. */
    public final class Due {
        private final Pack pack;

        private Due(Pack pack) {
            this.pack = pack;
        }

        /** Evaluates it at every site. */
        public CompletionStage<Void> evaluate() {
            return standard.pack(pack, standard.sites(), "the clock");
        }
    }

    /**
     * These packs are declared from now on: every one that has a time has a route, and where one follows startups there
     * is one that looks out for them, for every one that ends from now on, however soon.
     */
    public void follow(List<Pack> declared) {
        packs = List.copyOf(declared);
        Map<String, Pack> due = new TreeMap<>();
        packs.stream().filter(pack -> !pack.cron().isEmpty()).forEach(pack -> due.put("pack-" + pack.id(), pack));
        following().findFirst().ifPresent(pack -> due.put(AFTER_STARTUP, pack));
        routes.follow(due);
        followed = true;
    }

    private void add(CamelContext context, String route, Pack pack) {
        if (route.equals(AFTER_STARTUP)) {
            if (followed) {
                var unused = ended();
            }
            context.getRegistry().bind("packs", this);
            TemplatedRouteBuilder.builder(context, AFTER_STARTUP)
                    .routeId(AFTER_STARTUP)
                    .add();
            return;
        }
        context.getRegistry().bind(route, new Due(pack));
        TemplatedRouteBuilder.builder(context, "pack-fire")
                .routeId(route)
                .parameter("pack", pack.id())
                .parameter("cron", pack.cron())
                .add();
    }

    private Stream<Pack> following() {
        return packs.stream().filter(pack -> pack.start() == Pack.AfterStartup.EVALUATED);
    }

    /** Evaluates what follows a startup, for every run that ended since the last look. */
    public CompletionStage<Void> afterStartup() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (JsonNode run : ended()) {
            following()
                    .map(pack -> standard.pack(
                            pack,
                            sites(run),
                            StandardReceipts.AFTER_STARTUP + run.path("run").asText()))
                    .forEach(one -> all.add(one.toCompletableFuture()));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    /** The runs with a startup that ended since the last look, or since this was made. */
    private synchronized List<JsonNode> ended() {
        List<JsonNode> found = new ArrayList<>();
        List<JsonNode> page = journal.receiptsAfter(read, PAGE);
        while (!page.isEmpty()) {
            page.stream().filter(PackTimes::broughtUp).forEach(found::add);
            read = page.get(page.size() - 1).path("number").asLong();
            page = journal.receiptsAfter(read, PAGE);
        }
        return found;
    }

    private static boolean broughtUp(JsonNode receipt) {
        return receipt.path("kind").asText().equals("run")
                && StreamSupport.stream(receipt.path("phases").spliterator(), false)
                        .anyMatch(phase -> phase.asText().equals("startup"));
    }

    private static Set<SiteId> sites(JsonNode run) {
        return Stream.of(run.path("scope").asText().split(",", -1))
                .map(part -> part.split("/", 2)[0].strip())
                .filter(part -> !part.isEmpty())
                .map(SiteId::new)
                .collect(Collectors.toSet());
    }
}
