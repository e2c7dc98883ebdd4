package io.ridethrough.contract.load;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Power that can be believed and that does not hang on what it takes down (R2, R39). */
final class PowerRules {
    private static final Duration SELDOM = Duration.ofSeconds(60);

    private final SiteDocs site;
    private final Names names;
    private final Reports reports;

    PowerRules(SiteDocs site, Names names, Reports reports) {
        this.site = site;
        this.names = names;
        this.reports = reports;
    }

    void check() {
        holds();
        once("supplies");
        once("wake");
        for (At supply : site.list("power", "supplies")) {
            int feeds = supply.items("fed-by").size();
            if (supply.integer("minimum", 1) > feeds) {
                reports.error(supply.get("minimum"), "the minimum is more than the " + feeds + " that feed it", "");
            }
        }
        GuestAddresses guests = new GuestAddresses(site, names);
        for (At ups : site.list("power", "upses")) {
            sources(ups);
            often(ups.get("nut"));
            often(ups.get("home-assistant"));
            topic(ups.get("mqtt"));
            BrokerRule.check(ups.get("mqtt"), reports);
            source(ups, guests);
        }
    }

    private void holds() {
        At policy = site.file("power").get("policy");
        Duration outage = Durations.of(policy, "outage-hold", "60s");
        Duration back = Durations.of(policy, "return-hold", "300s");
        if (back.compareTo(outage) <= 0) {
            At at = policy.get("return-hold").present() ? policy.get("return-hold") : policy.get("outage-hold");
            reports.error(
                    at,
                    "return-hold (%ds) must be longer than outage-hold (%ds)"
                            .formatted(back.toSeconds(), outage.toSeconds()),
                    "else a flapping supply would start what it stops");
        }
    }

    private void once(String list) {
        Set<String> assets = new HashSet<>();
        for (At one : site.list("power", list)) {
            one.text("asset")
                    .map(asset -> Names.full(site.id(), asset))
                    .filter(asset -> !assets.add(asset))
                    .ifPresent(asset -> reports.error(
                            one.get("asset"), Words.quoted(asset) + " is in " + list + " twice", "join the two"));
        }
    }

    private void sources(At ups) {
        At home = ups.get("home-assistant");
        if (!ups.get("mqtt").present() && !ups.get("nut").present() && !home.present()) {
            reports.error(ups, "the UPS has no source of readings", "declare nut, mqtt or home-assistant");
        }
        if (ups.get("mqtt").present() && home.present()) {
            reports.error(home, "the UPS is told of by mqtt and by home-assistant", "declare one of them, beside nut");
        }
        At entities = home.get("entities");
        if (home.present()
                && !entities.get("charge").present()
                && !entities.get("runtime").present()) {
            reports.error(
                    entities,
                    "a status alone stays the same for a whole outage, and is never heard a second time",
                    "add charge or runtime, which change (R2)");
        }
        if (home.present() && homeGuest().text().isEmpty()) {
            reports.error(home, "the site declares no Home Assistant", "declare it in home-assistant.yaml");
        }
    }

    /** R3: it is lost after three questions that nobody answered, whatever else is declared. */
    private void often(At source) {
        Duration every = Durations.of(source, "every", "5s");
        if (every.compareTo(SELDOM) > 0) {
            reports.error(
                    source.get("every"),
                    "a UPS that is asked for every %ds is lost for three times as long before that is known"
                            .formatted(every.toSeconds()),
                    "ask at least once a minute: 60s");
        }
    }

    private At homeGuest() {
        return site.file("home-assistant").get("home-assistant").get("guest");
    }

    private void topic(At mqtt) {
        String topic = mqtt.text("topic", "");
        int first = topic.indexOf("{variable}");
        boolean once = first >= 0 && first == topic.lastIndexOf("{variable}");
        if (mqtt.text("format", "").equals("variables") && !topic.isEmpty() && !once) {
            reports.error(
                    mqtt.get("topic"), "the topic must hold {variable} once", "for example \"ups/attic/{variable}\"");
        }
    }

    /** R39: the bridge must not go down with what its readings take down. */
    private void source(At ups, GuestAddresses guests) {
        At home = ups.get("home-assistant");
        At bridge = home.present() ? home : ups.get("mqtt").get("broker");
        Optional<Declared> guest = home.present()
                ? homeGuest().text().flatMap(name -> names.find(site.id(), name))
                : guests.ofBroker(bridge.text().orElse(""));
        boolean second = ups.get("nut").present()
                && guests.at(ups.get("nut").text("host", "")).isEmpty();
        if (guest.isEmpty() || second || isHome(guest.get())) {
            return;
        }
        String what = "the readings of UPS %s come through %s, which the shutdown takes down"
                .formatted(Words.quoted(ups.text("id", "?")), guest.get().called());
        boolean assumed = ups.get("assumed").present()
                || ups.get("mqtt").get("assumed").present()
                || home.get("assumed").present();
        if (assumed && home().isEmpty()) {
            reports.warning(bridge, what, "let a broker outside of the site's guests carry them (R39)");
        } else {
            reports.error(
                    bridge,
                    what,
                    home().isEmpty()
                            ? "name a broker outside of the site's guests, or say assumed: \"why\" here (R39)"
                            : "name a broker outside of the site's guests, or its NUT server beside it (R39)");
        }
    }

    /** Where the orchestrator lives, unless that is outside. */
    private Optional<String> home() {
        return site.file("site")
                .get("orchestrator")
                .text("runs-on")
                .filter(said -> !said.equals("outside"))
                .map(said -> Names.full(site.id(), said));
    }

    /** What carries the orchestrator goes down no sooner than it does. */
    private boolean isHome(Declared guest) {
        return home().filter(guest.full()::equals).isPresent();
    }
}
