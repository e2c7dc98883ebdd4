package io.ridethrough.document;

import io.ridethrough.breakglass.Move;
import io.ridethrough.breakglass.Sheet;
import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Ups;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A picture of what feeds what and in which order it goes: black on white, as wide as a phone. */
final class PowerMap {
    private final Site site;
    private final Map<AssetId, Integer> stages = new TreeMap<>();
    private final Drawing drawing = new Drawing();

    private PowerMap(Site site, Sheet sheet) {
        this.site = site;
        sheet.down().stream()
                .filter(move -> move.asset() instanceof Node || move.asset() instanceof Nas)
                .forEach(move -> stages.put(move.id(), move.stage()));
    }

    static PowerMap of(Site site, Sheet sheet) {
        PowerMap map = new PowerMap(site, sheet);
        map.draw();
        return map;
    }

    /** The picture alone, as a part of a page. */
    String svg() {
        return drawing.svg("Power of " + site.title());
    }

    /** As a file of its own. */
    Document document() {
        return new Document(
                "power-map.svg", "Power map (picture)", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg() + "\n");
    }

    private void draw() {
        drawing.title("Power of " + site.title());
        for (Ups ups : site.power().upses()) {
            drawing.supply(supply(ups));
            List<Asset> fed = fedBy(Set.of(ups.id()));
            for (int i = 0; i < fed.size(); i++) {
                feed(fed.get(i), ups.id(), i + 1 == fed.size());
            }
        }
        List<Asset> rest = machines().stream()
                .filter(asset -> feeds(asset).isEmpty())
                .sorted(order())
                .toList();
        if (!rest.isEmpty()) {
            drawing.supply(List.of(
                    "No UPS declared",
                    "off at once in an outage, unless something above feeds it by a way that is not declared (PoE)"));
            for (int i = 0; i < rest.size(); i++) {
                drawing.fed(lines(rest.get(i), Set.of()), number(rest.get(i)), true, i + 1 == rest.size());
            }
        }
        drawing.legend(List.of(
                "Number: the stage in which it is powered off. What has no number is not commanded and runs until the"
                        + " supply ends.",
                "Solid line: its only feed. Dashed line: one of several feeds."));
    }

    private static List<String> supply(Ups ups) {
        List<String> lines = new ArrayList<>(List.of("UPS " + ups.id().name(), ups.title()));
        lines.add("carries its load for " + Sentence.of(ups.runtime()) + " by declaration");
        lines.add(ups.cutOff()
                .map(delay -> "cuts its load " + Sentence.of(delay) + " after it was told, until mains return")
                .orElse("never cuts its load by command"));
        return lines;
    }

    private List<Asset> fedBy(Set<AssetId> supply) {
        return machines().stream()
                .filter(asset -> feeds(asset).containsAll(supply))
                .sorted(order())
                .toList();
    }

    private void feed(Asset asset, AssetId ups, boolean last) {
        Set<AssetId> others = new TreeSet<>(feeds(asset));
        others.remove(ups);
        drawing.fed(lines(asset, others), number(asset), others.isEmpty(), last);
    }

    private List<String> lines(Asset asset, Set<AssetId> others) {
        List<String> lines = new ArrayList<>(List.of(asset.id().name(), asset.title()));
        if (!others.isEmpty()) {
            lines.add("also fed by " + Sentence.names(others) + "; needs "
                    + site.power().minimum().getOrDefault(asset.id(), 1) + " of " + (others.size() + 1));
        }
        List<AssetId> guests = site.guests().stream()
                .filter(guest -> guest.runsOn().equals(asset.id()))
                .map(Guest::id)
                .toList();
        if (!guests.isEmpty()) {
            lines.add("first go its guests: " + Sentence.names(guests));
        }
        return lines;
    }

    private String number(Asset asset) {
        Integer stage = stages.get(asset.id());
        return stage == null ? "" : stage.toString();
    }

    private Set<AssetId> feeds(Asset asset) {
        return site.power().fedBy().getOrDefault(asset.id(), Set.of());
    }

    private List<Asset> machines() {
        return site.assets().stream()
                .filter(asset -> asset instanceof Node || asset instanceof Nas || asset instanceof Device)
                .toList();
    }

    /** As they go; what is not commanded goes last. */
    private Comparator<Asset> order() {
        return Comparator.<Asset, Integer>comparing(asset -> stages.getOrDefault(asset.id(), Integer.MAX_VALUE))
                .thenComparing(Asset::id);
    }

    /** The supplies and what hangs on them as rows of text: what the picture shows, for who does not see it. */
    static Document page(Site site, Sheet sheet, PowerMap map, List<String> assumed, Stamp stamp) {
        Page page = new Page("power.html", "Power map", site.title(), stamp);
        page.put(Markup.picture(map)).heading("In words").table("What", "Fed by", "Needs", "Goes down");
        for (Asset asset : map.machines()) {
            Set<AssetId> feeds = map.feeds(asset);
            page.row(
                    Markup.lines(List.of(Markup.strong(asset.id().name()), Markup.text(asset.title()))),
                    Markup.text(feeds.isEmpty() ? "no UPS that is declared" : Sentence.names(feeds)),
                    Markup.text(
                            feeds.isEmpty()
                                    ? ""
                                    : site.power().minimum().getOrDefault(asset.id(), 1) + " of " + feeds.size()),
                    Markup.text(
                            map.number(asset).isEmpty()
                                    ? "not commanded: when its supply ends"
                                    : "in stage " + map.number(asset)));
        }
        page.end().heading("Down, when all of the site is powered off");
        int stage = 0;
        List<String> beside = new ArrayList<>();
        List<Markup> stages = new ArrayList<>();
        for (Move move : sheet.down()) {
            if (move.stage() != stage) {
                add(stages, stage, beside);
                stage = move.stage();
                beside = new ArrayList<>();
            }
            beside.add(move.id().name());
        }
        add(stages, stage, beside);
        page.list(stages)
                .say("An outage that lasts longer than "
                        + Sentence.of(site.power().policy().outageHold())
                        + " begins it where the site is armed; everything is back on after mains are stable for "
                        + Sentence.of(site.power().policy().returnHold()) + " and batteries have "
                        + site.power().policy().returnCharge() + " %.");
        Documents.assumed(page, assumed);
        return page.document();
    }

    private static void add(List<Markup> stages, int stage, List<String> beside) {
        if (!beside.isEmpty()) {
            stages.add(Markup.strong("Stage " + stage + ": ").then(Markup.text(String.join(", ", beside))));
        }
    }
}
