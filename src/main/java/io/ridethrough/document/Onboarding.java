package io.ridethrough.document;

import io.ridethrough.contract.Control;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Standard;
import io.ridethrough.contract.Ups;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How a new device becomes one that the site knows: what to choose, what to declare, what looks at it afterwards. */
final class Onboarding {
    private Onboarding() {}

    static Document of(Site site, Standard standard, Document network, Document rights, Stamp stamp) {
        Page page = new Page("onboarding.html", "Onboarding a device", site.title(), stamp);
        page.heading("1. Choose").list(choices(site, network));
        page.heading("2. Reserve")
                .say("Read its hardware address from its label and compare it with what the gateway shows. Reserve the"
                        + " address for it at the DHCP server before it is plugged in where it stays.");
        page.heading("3. Declare, in network.yaml of the site")
                .typed(snippet(site))
                .say(
                        "Add below supplies in power.yaml what feeds it. A port that it answers at is what tells that it is up.");
        page.heading("4. Check")
                .typed(List.of(
                        "ridethrough check", "ridethrough site docs " + site.id(), "ridethrough standard " + site.id()))
                .put(Markup.text("What other kinds of things need, by right: ").then(Markup.link(rights)));
        looks(page, standard);
        taken(page, site);
        return page.document();
    }

    private static List<Markup> choices(Site site, Document network) {
        List<Markup> points = new ArrayList<>();
        points.add(
                Markup.text("A name: lower-case letters, digits and dashes; none of those at the end of this page."));
        points.add(Markup.text("An address of " + site.lan() + " that is not in ")
                .then(Markup.link(network))
                .then(Markup.text(".")));
        points.add(Markup.text("A domain: " + String.join(", ", site.domains()) + "."));
        points.add(Markup.text("What it is: " + String.join(", ", roles(site)) + ", or another word."));
        points.add(Markup.text("What feeds it: "
                + (site.power().upses().isEmpty()
                        ? "no UPS is declared."
                        : site.power().upses().stream()
                                        .map(ups -> ups.id().name() + " (" + ups.title() + ")")
                                        .collect(Collectors.joining(", "))
                                + ", or the mains alone.")));
        return points;
    }

    private static Set<String> roles(Site site) {
        return site.devices().stream().map(Device::role).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> snippet(Site site) {
        List<String> lines = new ArrayList<>(List.of(
                "  - id: <name>",
                "    title: <one line that a stranger understands>",
                "    role: <what it is>",
                "    address: <its address>",
                "    macs: [\"<its hardware address>\"]",
                "    ports: [<where it answers>]",
                "    domain: <one of the domains>",
                "    tier: <1, the site stands still without it, to 4>"));
        Optional<Device> through = site.devices().stream()
                .filter(device -> device.role().equals("switch"))
                .findFirst();
        through.ifPresent(
                device -> lines.add("    reached-through: [" + device.id().name() + "]   # or where it is plugged in"));
        site.power().upses().stream()
                .map(Ups::id)
                .findFirst()
                .ifPresent(ups -> lines.addAll(List.of(
                        "",
                        "# power.yaml",
                        "  - asset: <name>",
                        "    fed-by: [" + ups.name() + "]   # or what it hangs on")));
        return lines;
    }

    private static void looks(Page page, Standard standard) {
        List<Control> all = standard.controls().stream()
                .filter(control -> control.kind() == Control.Kind.DEVICE || control.kind() == Control.Kind.CONTROLLER)
                .toList();
        if (all.isEmpty()) {
            return;
        }
        page.heading("What the standard looks at from then on").table("It expects", "Why", "When it does not hold");
        all.forEach(control ->
                page.row(Markup.text(control.title()), Markup.text(control.why()), Markup.text(control.remedy())));
        page.end();
    }

    private static void taken(Page page, Site site) {
        page.heading("Names that are taken")
                .say(site.assets().stream()
                        .map(asset -> asset.id().name())
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }
}
