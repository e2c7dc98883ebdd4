package io.ridethrough.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.api.StandardApi;
import io.ridethrough.api.StandardReceipts;
import io.ridethrough.contract.Pack;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    private final StandardApi standard;
    private final List<Pack> packs;
    private final Journal journal;
    private long read;

    public PackTimes(StandardApi standard, List<Pack> packs, Journal journal) {
        this.standard = standard;
        this.packs = List.copyOf(packs);
        this.journal = journal;
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
     * Adds a route for every pack that has a time, and one that looks out for startups where a pack follows them: for
     * every one that ends from now on, however soon.
     */
    public void keep(CamelContext context) {
        for (Pack pack : packs) {
            if (!pack.cron().isEmpty()) {
                context.getRegistry().bind("pack-" + pack.id(), new Due(pack));
                TemplatedRouteBuilder.builder(context, "pack-fire")
                        .routeId("pack-" + pack.id())
                        .parameter("pack", pack.id())
                        .parameter("cron", pack.cron())
                        .add();
            }
        }
        if (following().findAny().isPresent()) {
            var unused = ended();
            context.getRegistry().bind("packs", this);
            TemplatedRouteBuilder.builder(context, "packs-after-startup")
                    .routeId("packs-after-startup")
                    .add();
        }
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

    /** The runs with a startup that ended since the last look, or since {@link #keep}. */
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
