package io.ridethrough.contract.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What takes a machine's power must feed it alone, feed all of it, and be reached without it (R39). */
final class PlugRules {
    private final SiteDocs site;
    private final Names names;
    private final Reach reach;
    private final Reports reports;
    private final GuestAddresses guests;
    private final Map<String, Declared> fed = new HashMap<>();

    PlugRules(SiteDocs site, Names names, Reach reach, Reports reports) {
        this.site = site;
        this.names = names;
        this.reach = reach;
        this.reports = reports;
        this.guests = new GuestAddresses(site, names);
    }

    void check() {
        for (At wake : site.list("power", "wake")) {
            Optional<Declared> machine = wake.text("asset").flatMap(said -> names.find(site.id(), said));
            wake.items("ways").stream()
                    .map(way -> way.get("plug"))
                    .filter(At::present)
                    .forEach(plug -> machine.ifPresent(one -> check(one, plug)));
        }
    }

    private void check(Declared machine, At plug) {
        At device = plug.get("device");
        At topic = plug.get("topic");
        alone(machine, device, Names.full(site.id(), device.text().orElse("")));
        alone(
                machine,
                topic,
                plug.text("broker", "") + " " + topic.text().orElse("") + " "
                        + plug.get("output").node().asText());
        BrokerRule.check(plug, reports);
        pattern(plug, topic);
        output(plug);
        without(machine, names.find(site.id(), device.text().orElse("")), device, "is fed by", "a plug");
        without(
                machine,
                guests.ofBroker(plug.text("broker", "")),
                plug.get("broker"),
                "has a plug told by",
                "a broker");
        whole(machine, plug);
    }

    /** Else what is switched for one machine would take the power of another. */
    private void alone(Declared machine, At at, String key) {
        Declared other = fed.putIfAbsent(key, machine);
        if (other != null && !other.equals(machine)) {
            reports.error(
                    at,
                    Words.quoted(at.text().orElse("")) + " feeds " + other.called() + " already",
                    "an output of a plug feeds one machine; declare each output as a device of its own");
        }
    }

    private void pattern(At plug, At topic) {
        List<String> parts = List.of(topic.text().orElse("").split("%prefix%", -1));
        boolean tasmota = plug.text("kind", "").equals("tasmota");
        if (parts.size() > 2 || (parts.size() == 2 && !tasmota)) {
            reports.error(
                    topic,
                    "only the topic of a tasmota holds %prefix%, and once",
                    "for example \"attic/%prefix%/plug\"; without it %prefix%/ is put before it");
        }
    }

    /** Tasmota's POWER0 is all of its outputs at once. */
    private void output(At plug) {
        if (plug.text("kind", "").equals("tasmota") && plug.integer("output", 1) < 1) {
            reports.error(plug.get("output"), "a tasmota counts its outputs from 1", "0 would be all of them");
        }
    }

    private void without(Declared machine, Optional<Declared> what, At at, String verb, String instead) {
        what.flatMap(one -> Optional.ofNullable(reach.of(one, one.called()).get(machine)))
                .ifPresent(path -> reports.error(
                        at,
                        machine.called() + " " + verb + " " + path,
                        "name " + instead + " that works without " + machine.name() + " (R39)"));
    }

    private void whole(Declared machine, At plug) {
        site.list("power", "supplies").stream()
                .filter(supply -> supply.text("asset")
                        .map(said -> Names.full(site.id(), said))
                        .equals(Optional.of(machine.full())))
                .map(supply -> supply.items("fed-by").size())
                .filter(supplies -> supplies > 1)
                .forEach(supplies -> reports.error(
                        plug,
                        machine.called() + " has " + supplies + " supplies, and a plug feeds one of them",
                        "wake it in another way: with the plug off it is still on"));
    }
}
