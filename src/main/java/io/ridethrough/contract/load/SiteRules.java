package io.ridethrough.contract.load;

import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.quartz.CronExpression;

/** What must be true within one site and is no reference: its name, zone, domains, numbers, access. */
final class SiteRules {
    /** What has fewer words is no cron expression by its shape already. */
    private static final int LEAST_OF_CRON = 5;

    private final SiteDocs site;
    private final Names names;
    private final Reports reports;

    SiteRules(SiteDocs site, Names names, Reports reports) {
        this.site = site;
        this.names = names;
        this.reports = reports;
    }

    void check() {
        identity();
        domains();
        vmids();
        clusters();
        access();
        exports();
        outOfBand();
        once("services", "probes", "probe");
        once("power", "shed", "shed group");
        once("backup", "windows", "window");
        once("backup", "targets", "target");
        once("storage", "tiers", "tier");
        for (At window : site.list("backup", "windows")) {
            if (Durations.of(window, "lasts", "1s").compareTo(Duration.ofDays(1)) > 0) {
                reports.error(window.get("lasts"), "a daily window cannot last longer than a day", "at most 24h");
            }
        }
    }

    private void identity() {
        At root = site.file("site");
        root.text("site")
                .filter(id -> !id.equals(site.id()))
                .ifPresent(id -> reports.error(
                        root.get("site"),
                        "site is " + Words.quoted(id) + ", but its folder is " + Words.quoted(site.id()),
                        "write " + site.id() + ", or rename the folder"));
        zone(root.get("time-zone"), reports);
    }

    static void cron(At at, Reports reports) {
        at.text()
                .filter(cron -> cron.strip().split(" +", -1).length >= LEAST_OF_CRON)
                .ifPresent(cron -> {
                    try {
                        var unused = new CronExpression(cron);
                    } catch (ParseException e) {
                        reports.error(
                                at,
                                Words.quoted(cron) + " is no time of a clock: " + e.getMessage(),
                                "for example \"0 0 4 ? * SUN\": second minute hour day month weekday");
                    }
                });
    }

    static void zone(At at, Reports reports) {
        at.text().ifPresent(zone -> {
            try {
                ZoneId.of(zone);
            } catch (DateTimeException e) {
                reports.error(
                        at,
                        Words.quoted(zone) + " is not a time zone",
                        Words.meant(zone, ZoneId.getAvailableZoneIds(), "for example \"Europe/Berlin\""));
            }
        });
    }

    private void domains() {
        Set<String> known = new TreeSet<>(site.file("site").texts("domains"));
        if (known.isEmpty()) {
            return;
        }
        domain(site.file("site").get("defaults").get("domain"), known);
        for (Declared one : names.all()) {
            if (one.site().equals(site.id())) {
                domain(one.at().get("domain"), known);
            }
        }
    }

    private void domain(At at, Set<String> known) {
        if (reports.full(at.doc().text())) {
            return;
        }
        at.text()
                .filter(domain -> !known.contains(domain))
                .ifPresent(domain -> reports.error(
                        at,
                        "the site has no domain " + Words.quoted(domain),
                        Words.meant(domain, known, "one of " + Words.listed(known))));
    }

    private void vmids() {
        Map<String, At> taken = new HashMap<>();
        for (String list : List.of("guests", "excluded")) {
            for (At guest : site.list("guests", list)) {
                At vmid = guest.get("vmid");
                if (guest.text("runs-on").isEmpty() || !vmid.node().isIntegralNumber()) {
                    continue;
                }
                String node = guest.text("runs-on", "");
                String key = Names.full(site.id(), node) + " " + vmid.node().asText();
                At first = taken.putIfAbsent(key, vmid);
                if (first != null) {
                    reports.error(
                            vmid,
                            "vmid " + vmid.node().asText() + " is taken on " + Words.quoted(node),
                            "first at line " + first.place().line());
                }
            }
        }
    }

    /** A cluster has at least two nodes: one that is alone in its own is mostly a slip of the pen. */
    private void clusters() {
        Map<String, At> alone = new TreeMap<>();
        Set<String> shared = new TreeSet<>();
        for (At node : site.list("nodes", "nodes")) {
            At cluster = node.get("cluster");
            cluster.text().ifPresent(name -> {
                if (alone.putIfAbsent(name, cluster) != null) {
                    shared.add(name);
                }
            });
        }
        alone.keySet().removeAll(shared);
        alone.forEach((name, at) -> reports.error(
                at,
                "cluster " + Words.quoted(name) + " has no other node here",
                Words.meant(name, shared, "a cluster has at least two nodes: declare the others, or leave it out")));
    }

    private void access() {
        for (Kind kind : List.of(Kind.NODE, Kind.NAS)) {
            for (At host : site.list(kind.file, kind.list)) {
                if (host.text("address").isEmpty()
                        && host.get("ssh").text("host").isEmpty()) {
                    reports.error(
                            host,
                            kind.word + " " + Words.quoted(host.text("id", "?")) + " has no address",
                            "add address, or ssh with a host");
                }
            }
        }
        for (At guest : site.list("guests", "guests")) {
            if (guest.get("ssh").node().isObject()
                    && guest.text("address").isEmpty()
                    && guest.get("ssh").text("host").isEmpty()) {
                reports.error(
                        guest.get("ssh"),
                        "the ssh of guest " + Words.quoted(guest.text("id", "?")) + " has no host",
                        "add host to it, or address to the guest");
            }
        }
        for (At stack : site.list("stacks", "stacks")) {
            shell("stack " + Words.quoted(stack.text("id", "?")) + " runs on", stack.get("runs-on"));
        }
        for (At probe : site.list("services", "probes")) {
            shell(
                    "probe " + Words.quoted(probe.text("id", "?")) + " runs on",
                    probe.get("command").get("on"));
        }
        shell("the tailnet is asked on", site.file("site").get("tailnet").get("asked-on"));
        shell(
                "the way out of band is asked on",
                site.file("site").get("out-of-band").get("asked-on"));
    }

    /** A guest has no SSH access unless it says so; every other host has. */
    private void shell(String who, At at) {
        at.text()
                .flatMap(reference -> names.find(site.id(), reference))
                .filter(host ->
                        host.kind() == Kind.GUEST && !host.at().get("ssh").present())
                .ifPresent(host -> reports.error(
                        at,
                        who + " " + Words.quoted(host.name()) + ", which has no ssh",
                        "add ssh to " + host.called() + " in guests.yaml"));
    }

    private void exports() {
        for (Declared one : names.all()) {
            if (!one.site().equals(site.id())) {
                continue;
            }
            for (At mount : one.at().items("mounts")) {
                At export = mount.get("export");
                String said = export.text().orElse("");
                int colon = said.indexOf(':');
                if (colon > 0) {
                    names.find(site.id(), said.substring(0, colon))
                            .filter(server -> Set.of(Kind.NODE, Kind.NAS).contains(server.kind()))
                            .ifPresent(server -> export(export, server, said.substring(colon + 1)));
                }
            }
        }
    }

    private void export(At at, Declared server, String path) {
        List<String> exports = server.at().texts("exports");
        if (!exports.contains(path) && !reports.full(at.doc().text())) {
            reports.error(
                    at,
                    server.called() + " does not export " + Words.quoted(path),
                    Words.meant(path, exports, "add it to the exports of " + server.called()));
        }
    }

    private void outOfBand() {
        for (At device : site.file("site").get("out-of-band").items("devices")) {
            device.text()
                    .flatMap(reference -> names.find(site.id(), reference))
                    .filter(d ->
                            d.kind() == Kind.DEVICE && d.at().integers("ports").isEmpty())
                    .ifPresent(d -> reports.error(
                            device,
                            d.called() + " must answer out of band, but declares no ports",
                            "add ports to it in network.yaml"));
        }
    }

    private void once(String file, String list, String word) {
        Map<String, At> ids = new HashMap<>();
        for (At one : site.list(file, list)) {
            At id = one.get("id");
            At first = id.text().map(text -> ids.putIfAbsent(text, id)).orElse(null);
            if (first != null) {
                reports.error(
                        id,
                        "id " + Words.quoted(id.text().orElse("")) + " is taken by a " + word,
                        "first at %s:%d:%d"
                                .formatted(
                                        first.doc().text().shown(),
                                        first.place().line(),
                                        first.place().column()));
            }
        }
    }
}
