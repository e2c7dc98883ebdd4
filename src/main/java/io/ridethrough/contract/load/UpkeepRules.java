package io.ridethrough.contract.load;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What must be true of what a site declares for the standard alone, and is no reference to an asset. */
final class UpkeepRules {
    private final SiteDocs site;
    private final Names names;
    private final Reports reports;

    UpkeepRules(SiteDocs site, Names names, Reports reports) {
        this.site = site;
        this.names = names;
        this.reports = reports;
    }

    void check() {
        tiers();
        site.list("backup", "targets").forEach(this::target);
        secretNames();
    }

    private void tiers() {
        Set<String> known = new TreeSet<>();
        site.list("storage", "tiers").forEach(tier -> tier.text("id").ifPresent(known::add));
        for (At guest : site.list("guests", "guests")) {
            At tier = guest.get("profile").get("storage-tier");
            tier.text()
                    .filter(id -> !known.contains(id))
                    .ifPresent(id -> reports.error(
                            tier,
                            "the site has no storage tier " + Words.quoted(id),
                            Words.meant(
                                    id,
                                    known,
                                    known.isEmpty() ? "add tiers to storage.yaml" : "one of " + Words.listed(known))));
        }
    }

    /** A name means one credential, and none is its own alias. */
    private void secretNames() {
        Map<String, At> known = new TreeMap<>();
        site.list("stacks", "secret-names").stream()
                .flatMap(at -> Stream.concat(Stream.of(at.get("name")), at.items("never").stream()))
                .forEach(at -> at.text().ifPresent(name -> {
                    At before = known.putIfAbsent(name, at);
                    if (before != null) {
                        reports.error(
                                at,
                                "the secret name " + Words.quoted(name) + " is here twice",
                                "first at line " + before.place().line() + "; one name means one credential");
                    }
                }));
    }

    private void target(At at) {
        String called = "backup target " + Words.quoted(at.text("id", "?"));
        if (at.get("stale-after").present()
                && Durations.of(at, "stale-after", "0s").compareTo(Durations.of(at, "every", "0s")) < 0) {
            reports.error(
                    at.get("stale-after"),
                    called + " is made every " + at.text("every", "?") + ", so that it would be stale each time",
                    "at least as long as every");
        }
        if (at.get("files").present()
                && !at.text("files", "").contains("{vmid}")
                && at.items("of").size() > 1) {
            reports.error(
                    at.get("files"),
                    called + " is of several guests, and its files do not tell them apart",
                    "write {vmid} where their number stands, or make a target of each");
        }
        shell(called, at.get("on"));
        own(called, at);
        at.get("dsm-task")
                .text()
                .flatMap(task -> names.find(site.id(), at.text("on", "")))
                .filter(on -> on.kind() == Kind.NAS && !on.at().get("api").present())
                .ifPresent(on -> reports.error(
                        at.get("dsm-task"),
                        called + " is a task of " + on.called() + ", which has no api",
                        "add api to it in storage.yaml, or say files"));
    }

    /** A guest has no SSH access unless it says so; every other host has. */
    private void shell(String called, At on) {
        on.text()
                .flatMap(reference -> names.find(site.id(), reference))
                .filter(host ->
                        host.kind() == Kind.GUEST && !host.at().get("ssh").present())
                .ifPresent(host -> reports.error(
                        on,
                        called + " is seen on " + Words.quoted(host.name()) + ", which has no ssh",
                        "add ssh to " + host.called() + " in guests.yaml"));
    }

    /** Its guests are the site's own, and a copy elsewhere stands elsewhere. */
    private void own(String called, At at) {
        for (At guest : at.items("of")) {
            guest.text()
                    .filter(reference -> !Names.full(site.id(), reference).startsWith(site.id() + "/"))
                    .ifPresent(reference -> reports.error(
                            guest,
                            called + " is of " + Words.quoted(reference) + ", which belongs to another site",
                            "declare it in backup.yaml of that site"));
        }
        at.text("on")
                .filter(on -> at.text("kind", "").equals("copy")
                        && Names.full(site.id(), on).startsWith(site.id() + "/"))
                .ifPresent(on -> reports.error(
                        at.get("on"),
                        called + " is a copy elsewhere, but " + Words.quoted(on) + " is at the site itself",
                        "name what stands at another site, or say another kind"));
    }
}
