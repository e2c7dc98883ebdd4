package io.ridethrough.contract.load;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gathers every reference of every site, once, for all rules about them. */
final class Links {
    private static final Set<Kind> SERVERS = EnumSet.of(Kind.NODE, Kind.NAS);
    private static final Set<Kind> CABLED = EnumSet.of(Kind.NODE, Kind.NAS, Kind.DEVICE);
    private static final Set<Kind> HELPERS = EnumSet.of(Kind.NODE, Kind.NAS, Kind.GUEST);
    private static final Set<Kind> SHELLS = EnumSet.of(Kind.NODE, Kind.NAS, Kind.GUEST, Kind.STACK);

    private final SiteDocs site;
    private final List<Link> links = new ArrayList<>();

    private Links(SiteDocs site) {
        this.site = site;
    }

    static List<Link> of(List<SiteDocs> sites, Names names) {
        List<Link> all = new ArrayList<>();
        for (SiteDocs site : sites) {
            Links links = new Links(site);
            names.all().stream().filter(d -> d.site().equals(site.id())).forEach(links::relations);
            links.siteWide();
            links.power();
            links.services();
            links.backups();
            all.addAll(links.links);
        }
        return all;
    }

    private void relations(Declared one) {
        At at = one.at();
        if (one.kind() == Kind.GROUP) {
            order(one, "holds", at.items("members"), Kind.ASSETS);
        }
        order(one, "needs", at.items("needs"), Kind.NEEDED);
        order(one, "is reached through", at.items("reached-through"), Kind.ASSETS);
        if (one.kind() == Kind.GUEST) {
            order(one, "runs on", List.of(at.get("runs-on")), EnumSet.of(Kind.NODE));
        }
        if (one.kind() == Kind.STACK) {
            order(one, "runs on", List.of(at.get("runs-on")), EnumSet.of(Kind.NODE, Kind.GUEST));
        }
        for (At mount : at.items("mounts")) {
            At export = mount.get("export");
            export.text()
                    .map(Links::server)
                    .ifPresent(server -> links.add(new Link(
                            site.id(), one.called(), Optional.of(one), "mounts from", export, server, SERVERS)));
        }
    }

    private static String server(String export) {
        int colon = export.indexOf(':');
        return colon < 0 ? export : export.substring(0, colon);
    }

    private void order(Declared from, String verb, List<At> references, Set<Kind> allowed) {
        for (At at : references) {
            at.text()
                    .ifPresent(reference -> links.add(
                            new Link(site.id(), from.called(), Optional.of(from), verb, at, reference, allowed)));
        }
    }

    private void plain(String who, String verb, At at, Set<Kind> allowed) {
        at.text()
                .ifPresent(reference ->
                        links.add(new Link(site.id(), who, Optional.empty(), verb, at, reference, allowed)));
    }

    private void siteWide() {
        At root = site.file("site");
        String who = "site " + Words.quoted(site.id());
        plain(who, "has the gateway", root.get("gateway"), EnumSet.of(Kind.DEVICE));
        plain(who, "has the name service", root.get("name-service"), Kind.ASSETS);
        At runsOn = root.get("orchestrator").get("runs-on");
        if (!runsOn.text().equals(Optional.of("outside"))) {
            plain("the orchestrator", "runs on", runsOn, Kind.ASSETS);
        }
        At outOfBand = root.get("out-of-band");
        plain("the way out of band", "is asked on", outOfBand.get("asked-on"), SHELLS);
        outOfBand.items("devices").forEach(d -> plain("the way out of band", "is", d, EnumSet.of(Kind.DEVICE)));
        plain("the tailnet", "is asked on", root.get("tailnet").get("asked-on"), SHELLS);
        At home = site.file("home-assistant").get("home-assistant");
        plain("Home Assistant", "runs in", home.get("guest"), EnumSet.of(Kind.GUEST));
        home.items("radios").forEach(r -> plain("Home Assistant", "uses the radio", r, Kind.ASSETS));
        site.list("network", "controllers")
                .forEach(c -> plain("a controller", "runs on", c.get("runs-on"), EnumSet.of(Kind.DEVICE, Kind.GUEST)));
        site.list("network", "devices").forEach(device -> device.items("port-map")
                .forEach(port -> plain(
                        "a port of " + Words.quoted(device.text("id", "?")), "carries", port.get("carries"), CABLED)));
        site.list("guests", "excluded")
                .forEach(e -> plain("an excluded guest", "is on", e.get("runs-on"), EnumSet.of(Kind.NODE)));
    }

    private void power() {
        for (At supply : site.list("power", "supplies")) {
            plain("a supply", "feeds", supply.get("asset"), Kind.ASSETS);
            String fed = "the supply of " + Words.quoted(supply.text("asset", "?"));
            supply.items("fed-by").forEach(ups -> plain(fed, "is", ups, EnumSet.of(Kind.UPS)));
        }
        for (At group : site.list("power", "shed")) {
            String who = "shed group " + Words.quoted(group.text("id", "?"));
            group.items("guests").forEach(guest -> plain(who, "holds", guest, EnumSet.of(Kind.GUEST)));
        }
        for (At wake : site.list("power", "wake")) {
            plain("a way to wake", "is for", wake.get("asset"), SERVERS);
            wake.items("ways")
                    .forEach(way -> plain(
                            "a way to wake",
                            "is managed by",
                            way.get("management").get("controller"),
                            EnumSet.of(Kind.DEVICE)));
            for (At way : wake.items("ways")) {
                At cycle = way.get("power-cycle");
                plain("a way to wake", "cycles a port of", cycle.get("switch"), EnumSet.of(Kind.DEVICE));
                plain("a way to wake", "goes by", cycle.get("controller"), EnumSet.of(Kind.DEVICE, Kind.GUEST));
                plain("a way to wake", "switches", way.get("plug").get("device"), EnumSet.of(Kind.DEVICE));
            }
            wake.items("ways")
                    .forEach(way -> plain(
                            "a magic packet",
                            "is sent from",
                            way.get("wake-on-lan").get("from"),
                            HELPERS));
        }
    }

    private void services() {
        for (At probe : site.list("services", "probes")) {
            String who = "probe " + Words.quoted(probe.text("id", "?"));
            plain(who, "is about", probe.get("asset"), Kind.ASSETS);
            plain(who, "runs on", probe.get("command").get("on"), SHELLS);
        }
    }

    private void backups() {
        for (At target : site.list("backup", "targets")) {
            String who = "backup target " + Words.quoted(target.text("id", "?"));
            target.items("of").forEach(guest -> plain(who, "is of", guest, EnumSet.of(Kind.GUEST)));
            plain(
                    who,
                    "is seen on",
                    target.get("on"),
                    target.get("dsm-task").present() ? EnumSet.of(Kind.NAS) : HELPERS);
        }
    }
}
