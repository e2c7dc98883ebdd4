package io.ridethrough.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.api.ReceiptsApi.Anchorage;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Ups;
import io.ridethrough.journal.Journal;
import io.ridethrough.receipt.AnchorFile;
import io.ridethrough.receipt.Head;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the head of the chain of receipts elsewhere, so that a chain that is cut or replaced shows. A place that cannot be
 * written stops nothing: it is said once, tried less and less often, and caught up with. A place that knows another chain
 * is left as it is: that is for a person.
 */
public final class Anchors {
    private static final Logger LOG = LoggerFactory.getLogger(Anchors.class);
    private static final int PAGE = 50;

    private final Journal journal;
    private volatile List<Keeping> all = List.of();

    /** How it stands with one place. */
    private static final class Keeping {
        private final Shelf shelf;
        private long newest = -1;
        private String trouble = "";
        private boolean another;
        private final Pauses pauses = new Pauses();

        Keeping(Shelf shelf) {
            this.shelf = shelf;
        }
    }

    /** None yet. */
    public Anchors(Journal journal) {
        this(journal, List.of());
    }

    Anchors(Journal journal, List<Shelf> shelves) {
        this.journal = journal;
        follow(shelves);
    }

    /** The head is kept at these places from now on; at those where it was already, it goes on. */
    private synchronized void follow(List<Shelf> shelves) {
        List<Keeping> before = all;
        all = shelves.stream()
                .map(shelf -> before.stream()
                        .filter(known -> known.shelf.equals(shelf))
                        .findFirst()
                        .orElseGet(() -> new Keeping(shelf)))
                .toList();
    }

    /** The places that those contracts declare are kept from now on. */
    public void follow(CamelContext context, Optional<Path> file, Contracts contracts, PowerSources sources) {
        follow(shelves(file, contracts, sources));
        keep(context);
    }

    /**
     * All places that are declared: a file of this installation, and a topic at each broker that has one.
     *
     * @param sources where the declared brokers really are
     */
    private static List<Shelf> shelves(Optional<Path> file, Contracts contracts, PowerSources sources) {
        Map<String, Shelf> shelves = new LinkedHashMap<>();
        file.ifPresent(path -> shelves.put("", new FileShelf(new AnchorFile(path))));
        for (Site site : contracts.sites().values()) {
            site.power().upses().stream()
                    .flatMap(ups -> ups.mqtt().stream())
                    .filter(mqtt -> mqtt.receipts().isPresent())
                    .forEach(mqtt -> shelves.putIfAbsent(
                            mqtt.broker() + " " + mqtt.receipts().get(), shelf(site, mqtt, sources)));
        }
        return List.copyOf(shelves.values());
    }

    private static Shelf shelf(Site site, Ups.MqttSource mqtt, PowerSources sources) {
        return new BrokerShelf(BrokerTopic.of(site.id(), mqtt, mqtt.receipts().orElseThrow(), sources));
    }

    private void keep(CamelContext context) {
        if (!all.isEmpty() && context.getRoute("receipts-anchor") == null) {
            context.getRegistry().bind("anchors", this);
            TemplatedRouteBuilder.builder(context, "receipts-anchor")
                    .routeId("receipts-anchor")
                    .add();
        }
    }

    /** How it stands with each place. */
    public synchronized List<Anchorage> all() {
        return all.stream()
                .map(one -> new Anchorage(one.shelf.name(), state(one), Math.max(0, one.newest), one.trouble))
                .toList();
    }

    private static Anchorage.State state(Keeping place) {
        if (place.another) {
            return Anchorage.State.ANOTHER_CHAIN;
        }
        return place.newest < 0 ? Anchorage.State.UNKNOWN : Anchorage.State.OURS;
    }

    /** Brings every place up to the newest receipt, as far as it can be written now. */
    public void catchUp() {
        all.forEach(this::catchUp);
    }

    private void catchUp(Keeping place) {
        if (place.pauses.pass()) {
            return;
        }
        try {
            if (place.newest < 0) {
                look(place);
            }
            if (!place.another) {
                bring(place);
            }
            settled(place, place.another ? place.trouble : "");
            place.pauses.wentWell();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            place.pauses.failed();
            String why = Objects.requireNonNullElse(e.getMessage(), e.toString());
            if (!why.equals(place.trouble)) {
                LOG.atWarn()
                        .addKeyValue("place", place.shelf.name())
                        .addKeyValue("reason", why)
                        .log("The head of the receipts cannot be kept elsewhere; tried again until it can");
            }
            settled(place, why);
        }
    }

    private synchronized void settled(Keeping place, String trouble) {
        place.trouble = trouble;
    }

    /** What the place knows already. One that knows what the journal does not is never written again. */
    private void look(Keeping place) throws Exception {
        List<Head> heads = place.shelf.heads();
        if (heads.isEmpty()) {
            newest(place, 0);
            return;
        }
        Head last = heads.get(heads.size() - 1);
        if (at(last.number())
                .filter(receipt -> hash(receipt).equals(last.hash()))
                .isPresent()) {
            newest(place, last.number());
        } else if (at(1).filter(first -> first.has("set-aside")).isPresent()) {
            LOG.atWarn()
                    .addKeyValue("place", place.shelf.name())
                    .log(
                            "The heads kept elsewhere are of the journal that was set aside; from now on they are of this one");
            newest(place, 0);
        } else {
            String why = "it keeps the head of a receipt " + last.number()
                    + " that this journal has not: receipts were cut off or replaced, or it is another installation's."
                    + " It is left as it is";
            another(place, why);
            LOG.atError()
                    .addKeyValue("place", place.shelf.name())
                    .addKeyValue("reason", why)
                    .log("The receipts are not those whose heads are kept elsewhere; a person is needed");
        }
    }

    private synchronized void another(Keeping place, String why) {
        place.another = true;
        place.newest = 0;
        place.trouble = why;
    }

    private synchronized void newest(Keeping place, long number) {
        place.newest = number;
    }

    private Optional<JsonNode> at(long number) {
        return journal.receiptsAfter(number - 1, 1).stream()
                .filter(receipt -> receipt.path("number").asLong() == number)
                .findFirst();
    }

    private static String hash(JsonNode receipt) {
        return receipt.path("hash").asText();
    }

    private void bring(Keeping place) throws Exception {
        while (true) {
            List<JsonNode> next = journal.receiptsAfter(place.newest, PAGE);
            for (int i = 0; i < next.size(); i++) {
                boolean last = i == next.size() - 1;
                Optional<Head> head = Head.of(next.get(i));
                if (head.isPresent() && (place.shelf.keepsAll() || last)) {
                    place.shelf.keep(head.get());
                }
                if (place.shelf.keepsAll() || last) {
                    newest(place, next.get(i).path("number").asLong());
                }
            }
            if (next.size() < PAGE) {
                return;
            }
        }
    }
}
