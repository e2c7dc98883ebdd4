package io.ridethrough.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.homeassistant.HomeTold;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is on the dashboards of Home Assistants whenever they are looked at, and puts back what is not there any more.
 * Thread-safe.
 */
public final class Dashboards {
    private static final Logger LOG = LoggerFactory.getLogger(Dashboards.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** What is a file of the configuration is kept with that; nobody can put it by the API. */
    private static final String STORAGE = "storage";

    private final Supplier<Contracts> contracts;
    private final Way<HomeAsk> homes;
    private final DashboardShelf shelf;
    private final InstantSource clock;

    public Dashboards(Supplier<Contracts> contracts, Way<HomeAsk> homes, DashboardShelf shelf, InstantSource clock) {
        this.contracts = contracts;
        this.homes = homes;
        this.shelf = shelf;
        this.clock = clock;
    }

    /** How a kept dashboard stands now. */
    public enum Stands {
        /** It is as it was kept. */
        AS_KEPT,
        /** Something else is on it. */
        OTHERWISE,
        /** It is not there, or nothing is on it. */
        AWAY
    }

    /** A kept dashboard and how it stands. */
    public record Stood(KeptDashboard kept, Stands stands) {}

    /**
     * What is kept of a Home Assistant.
     *
     * @param trouble why it is not known; else empty, and {@code all} counts
     */
    public record Seen(List<Stood> all, String trouble) {
        public Seen {
            all = List.copyOf(all);
        }

        static Seen trouble(String why) {
            return new Seen(List.of(), why);
        }
    }

    /**
     * What came of putting one back.
     *
     * @param back whether it was then seen to be as it was kept
     * @param evidence what Home Assistant said, and what was seen
     */
    public record PutBack(String path, boolean back, String evidence) {}

    /** The guest in which a site's Home Assistant runs. */
    public Optional<AssetId> guest(SiteId site) {
        return Optional.ofNullable(contracts.get().sites().get(site))
                .flatMap(Site::homeAssistant)
                .map(HomeAssistant::guest);
    }

    /** Looks at them, and so keeps them; says so in words. It fails never. */
    public CompletionStage<String> keep(AssetId guest) {
        return homes.ask(guest, new HomeAsk.Dashboards()).thenApply(told -> kept(guest, told));
    }

    /** A way that does the same by the way whenever somebody else looks at them. */
    public Way<HomeAsk> keeping() {
        return (guest, ask) -> homes.ask(guest, ask).thenApply(told -> {
            if (told instanceof HomeTold.Dashboards) {
                LOG.debug("{}: {}", guest, kept(guest, told));
            }
            return told;
        });
    }

    private String kept(AssetId guest, Told told) {
        if (!(told instanceof HomeTold.Dashboards seen)) {
            return guest.name() + ": dashboards are not kept: " + told.words();
        }
        Map<String, Integer> declared = declared(guest);
        List<KeptDashboard> well = new ArrayList<>();
        List<String> poor = new ArrayList<>();
        for (HomeTold.Dashboard one : seen.dashboards()) {
            Optional<JsonNode> content = content(one);
            if (content.isPresent() && one.views() < declared.getOrDefault(one.path(), 0)) {
                poor.add(one.path() + " (" + one.views() + " views)");
            } else if (content.isPresent()) {
                well.add(new KeptDashboard(one.path(), one.settings(), content.get(), clock.instant()));
            }
        }
        try {
            List<String> fresh = shelf.keep(guest, well);
            return guest.name() + ": " + well.size() + " dashboards are kept, " + fresh.size() + " of them anew"
                    + (poor.isEmpty() ? "" : "; poorer than declared and not kept: " + String.join(", ", poor));
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("The dashboards of {} cannot be kept", guest);
            return guest.name() + ": dashboards are not kept: " + e.getMessage();
        }
    }

    private Map<String, Integer> declared(AssetId guest) {
        return Optional.ofNullable(contracts.get().sites().get(guest.site()))
                .flatMap(site -> site.upkeep().home())
                .<Map<String, Integer>>map(health -> health.dashboards())
                .orElse(Map.of());
    }

    private static Optional<JsonNode> content(HomeTold.Dashboard one) {
        return one.content()
                .filter(content -> one.mode().equals(STORAGE) && (one.views() > 0 || content.has("strategy")));
    }

    /** What is kept, and how it stands now. */
    public CompletionStage<Seen> seen(AssetId guest) {
        return homes.ask(guest, new HomeAsk.Dashboards()).thenApply(told -> {
            if (!(told instanceof HomeTold.Dashboards now)) {
                return Seen.trouble("the dashboards cannot be seen: " + told.words());
            }
            Map<String, JsonNode> there = new TreeMap<>();
            now.dashboards().forEach(one -> one.content()
                    .filter(content -> !content.isEmpty())
                    .ifPresent(content -> there.put(one.path(), content)));
            try {
                return new Seen(
                        shelf.of(guest).stream()
                                .map(kept -> new Stood(kept, stands(kept, Optional.ofNullable(there.get(kept.path())))))
                                .toList(),
                        "");
            } catch (IOException e) {
                return Seen.trouble("what is kept cannot be read: " + e.getMessage());
            }
        });
    }

    private static Stands stands(KeptDashboard kept, Optional<JsonNode> now) {
        return now.map(content -> content.equals(kept.content()) ? Stands.AS_KEPT : Stands.OTHERWISE)
                .orElse(Stands.AWAY);
    }

    /** Of what is kept, what would be put back: all that are away; where some are named those, whatever is on them. */
    public static List<KeptDashboard> toPut(Seen seen, Set<String> named) {
        return seen.all().stream()
                .filter(one -> named.isEmpty()
                        ? one.stands() == Stands.AWAY
                        : named.contains(one.kept().path()) && one.stands() != Stands.AS_KEPT)
                .map(Stood::kept)
                .toList();
    }

    /** Puts them back one after the other, looks again, and tells of each whether it is there as it was kept. */
    public CompletionStage<List<PutBack>> put(AssetId guest, List<KeptDashboard> dashboards) {
        Map<String, String> said = new TreeMap<>();
        CompletionStage<Void> last = CompletableFuture.completedFuture(null);
        for (KeptDashboard one : dashboards) {
            last = last.thenCompose(before -> homes.ask(
                            guest, new HomeAsk.PutDashboard(one.path(), one.settings(), one.content(), LIMIT))
                    .thenAccept(told -> said.put(one.path(), told.words())));
        }
        return last.thenCompose(done -> seen(guest)).thenApply(seen -> dashboards.stream()
                .map(one -> back(one, seen, said.getOrDefault(one.path(), "")))
                .toList());
    }

    private static PutBack back(KeptDashboard one, Seen seen, String said) {
        Optional<Stands> now = seen.all().stream()
                .filter(stood -> stood.kept().path().equals(one.path()))
                .map(Stood::stands)
                .findFirst();
        String then = now.map(stands -> "seen " + word(stands)).orElse(seen.trouble());
        return new PutBack(
                one.path(), now.filter(stands -> stands == Stands.AS_KEPT).isPresent(), said + "; " + then);
    }

    /** As people read it. */
    public static String word(Stands stands) {
        return switch (stands) {
            case AS_KEPT -> "as it was kept";
            case OTHERWISE -> "with something else on it";
            case AWAY -> "away";
        };
    }
}
