package io.ridethrough.document;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Standard;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must hold before planned work takes a machine of the site down, and after it is back. */
final class RebootGate {
    private RebootGate() {}

    static Document of(Site site, Standard standard, Stamp stamp) {
        Page page = new Page("reboot-gate.html", "Reboot health gate", site.title(), stamp);
        page.say(
                "One node at a time; stop at the first thing that is worse than before. None of this holds up a shutdown on"
                        + " battery: then it only changes the manner.");
        page.heading("Before: every one must hold");
        site(page, site);
        site.nodes().forEach(node -> node(page, site, node));
        site.nases().forEach(nas -> page.heading("NAS " + nas.id().name())
                .list(List.of(
                        Markup.text("Nothing writes to it: no backup of this site, and none of another."),
                        Markup.text("Everything that mounts it is down, or goes down with it: "
                                + mounting(site, nas.id())))));
        controls(page, site, standard);
        after(page, site);
        return page.document();
    }

    private static void site(Page page, Site site) {
        List<Markup> points = new ArrayList<>();
        points.add(Markup.text("Mains are on, and every UPS says so: ").then(Markup.code("ridethrough status")));
        points.add(Markup.text("No deploy is in progress."));
        points.add(Markup.lines(List.of(Markup.text("No backup runs or begins:"), backups(site))));
        if (site.outOfBand().required()) {
            points.add(Markup.text("The way in stays open while the site is down: "
                    + (site.outOfBand().routers().isEmpty()
                            ? "no other router is declared, so somebody has to be on site"
                            : "through " + String.join(", ", site.outOfBand().routers()))
                    + (site.outOfBand().devices().isEmpty()
                            ? ""
                            : "; these answer: "
                                    + Sentence.names(site.outOfBand().devices()))
                    + "."));
        }
        page.list(points);
    }

    private static Markup backups(Site site) {
        return site.backupWindows().isEmpty()
                ? Markup.strong("no window is declared: look at every backup by hand")
                : Markup.texts(site.backupWindows().stream()
                        .sorted(Comparator.comparing(Site.BackupWindow::at).thenComparing(Site.BackupWindow::id))
                        .map(RebootGate::window)
                        .toList());
    }

    private static String window(Site.BackupWindow window) {
        String days = window.days().size() == DayOfWeek.values().length
                        || window.days().isEmpty()
                ? "daily"
                : new TreeSet<>(window.days())
                        .stream()
                                .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" "));
        return window.at() + ", for " + Sentence.of(window.lasts()) + ", " + days + ": " + window.title();
    }

    private static void node(Page page, Site site, Node node) {
        page.heading("Node " + node.id().name() + ", at " + node.address())
                .table("Must hold", "Look, on the node", "Must show");
        look(page, "No pool is degraded or faulted", "zpool status -x", "all pools are healthy, or no pools");
        look(
                page,
                "No backup runs there",
                "pvesh get /nodes/" + node.nodeName() + "/tasks --source active --typefilter vzdump",
                "nothing");
        look(
                page,
                "No guest migrates",
                "pvesh get /nodes/" + node.nodeName() + "/tasks --source active --output-format json",
                "no qmigrate, no vzmigrate");
        look(
                page,
                "Its last backup is not older than its interval and two hours",
                "grep -A9 vzdump /etc/pve/jobs.cfg; pvesh get /nodes/" + node.nodeName()
                        + "/tasks --typefilter vzdump --limit 5",
                "the schedule, and OK at a time that fits it");
        look(page, "Its root disk has room", "df -h /", "room; the standard says how much");
        look(page, "Its cluster file system runs", "systemctl is-active pve-cluster", "active");
        look(
                page,
                "Its scheduler runs and its jobs are valid",
                "systemctl is-active pvescheduler; pvesh get /cluster/backup",
                "active; a list, no error");
        node.mounts()
                .forEach(mount -> look(
                        page,
                        mount.servedBy() + " is mounted and answers",
                        "timeout 10 df --output=target " + mount.at(),
                        "a last line that is " + mount.at() + " alone"));
        site.guests().stream().filter(guest -> guest.runsOn().equals(node.id())).forEach(guest -> onboot(page, guest));
        page.end();
    }

    private static void onboot(Page page, Guest guest) {
        look(
                page,
                guest.id().name() + " starts with the node as declared",
                (guest.form() == Guest.Form.CONTAINER ? "pct" : "qm") + " config " + guest.vmid() + " | grep onboot",
                guest.onboot() ? "onboot: 1" : "nothing, or onboot: 0");
    }

    private static void look(Page page, String what, String command, String shows) {
        page.row(Markup.text(what), Markup.code(command), Markup.text(shows));
    }

    private static String mounting(Site site, AssetId nas) {
        List<AssetId> who = new ArrayList<>();
        for (Asset asset : site.assets()) {
            List<Mount> mounts = asset instanceof Node node
                    ? node.mounts()
                    : asset instanceof Guest guest ? guest.mounts() : List.of();
            if (mounts.stream().anyMatch(mount -> mount.servedBy().equals(nas))) {
                who.add(asset.id());
            }
        }
        return who.isEmpty() ? "nothing that is declared" : Sentence.names(who);
    }

    private static void controls(Page page, Site site, Standard standard) {
        List<Control> all = standard.controls().stream()
                .filter(control -> isHardStop(control) || control.severity().compareTo(Control.Severity.HIGH) <= 0)
                .sorted(Comparator.comparing((Control control) -> !isHardStop(control))
                        .thenComparing(Control::severity)
                        .thenComparing(Control::domain)
                        .thenComparing(Control::id))
                .toList();
        page.heading("The standard: its hard stops, and what is critical or high")
                .put(Markup.text("Evaluated, with what was seen: ")
                        .then(Markup.code("ridethrough standard " + site.id())));
        if (all.isEmpty()) {
            page.say("These contracts bring no standard.");
            return;
        }
        page.table("Must hold", "Severity", "Of every", "Why", "When it does not");
        all.forEach(control -> page.row(
                Markup.lines(List.of(Markup.text(control.title()), Markup.code(control.id()))),
                isHardStop(control)
                        ? Markup.strong("hard stop: planned work is refused")
                        : Markup.text(control.severity().name().toLowerCase(Locale.ROOT)),
                Markup.text(control.kind().word()),
                Markup.text(control.why()),
                Markup.text(control.remedy())));
        page.end();
    }

    private static boolean isHardStop(Control control) {
        return control.gate() != Control.Gate.NONE;
    }

    private static void after(Page page, Site site) {
        page.heading("After: every one must hold again");
        List<Markup> points = new ArrayList<>();
        points.add(Markup.text("The machine really was restarted: another boot id than before, by ")
                .then(Markup.code("cat /proc/sys/kernel/random/boot_id")));
        points.add(Markup.text("All that stands above holds, and nothing is broken that was not before."));
        site.assets().stream()
                .filter(asset -> asset.stewardship().tier() == 1)
                .forEach(asset -> points.add(Markup.strong(asset.id().name())
                        .then(Markup.text(
                                asset.stewardship().slo().isEmpty()
                                        ? " is back (tier 1; no promise is declared)"
                                        : ": " + asset.stewardship().slo()))));
        page.list(points);
        page.heading("No further reboot when")
                .list(List.of(
                        Markup.text("something of tier 1 is not back within what it promises, or five minutes"),
                        Markup.text("more than two stacks fail"),
                        Markup.text("anything fails that did not fail before")));
        page.heading("Ask").table("Of", "Well when");
        for (Probe probe : site.probes()) {
            page.row(Markup.text(probe.asset().name()), Markup.text(Sentence.question(probe)));
        }
        page.end();
    }
}
