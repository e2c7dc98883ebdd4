package io.ridethrough.contract.load;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.Stack;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes the records of a site's guests and stacks. */
final class GuestBinding {
    private final SiteDocs site;
    private final References references;
    private final Map<AssetId, SshAccess> hosts = new HashMap<>();

    GuestBinding(SiteDocs site, References references, List<SiteDocs> sites) {
        this.site = site;
        this.references = references;
        for (SiteDocs any : sites) {
            for (Kind kind : List.of(Kind.NODE, Kind.GUEST)) {
                any.list(kind.file, kind.list)
                        .forEach(at -> hosts.put(References.own(any.id(), at), References.ssh(any.id(), at)));
            }
        }
    }

    List<Guest> guests() {
        return site.list("guests", "guests").stream().map(this::guest).toList();
    }

    List<Site.Excluded> excluded() {
        return site.list("guests", "excluded").stream()
                .map(at -> new Site.Excluded(
                        at.integer("vmid", 0),
                        References.id(site.id(), at.get("runs-on")),
                        at.text("name", ""),
                        at.text("reason", "")))
                .toList();
    }

    List<Stack> stacks() {
        return site.list("stacks", "stacks").stream().map(this::stack).toList();
    }

    private Guest guest(At at) {
        return new Guest(
                References.own(site.id(), at),
                References.title(at),
                References.stewardship(site, at),
                at.text("kind", "").equals("vm") ? Guest.Form.VM : Guest.Form.CONTAINER,
                at.integer("vmid", 0),
                References.id(site.id(), at.text("runs-on", "")),
                references.needs(site.id(), at),
                References.reachedThrough(site.id(), at),
                References.mounts(site.id(), at),
                at.get("ssh").present() ? Optional.of(References.ssh(site.id(), at)) : Optional.empty(),
                Durations.of(at, "grace", "180s"),
                at.text("force", "never").equals("permitted"),
                at.is("onboot", false),
                at.text("start", "restore").equals("always"),
                at.text("ready", "running").equals("responds") ? Guest.Ready.RESPONDS : Guest.Ready.RUNNING,
                Durations.of(at, "stop-takes", "60s"),
                Durations.of(at, "start-takes", "60s"));
    }

    private Stack stack(At at) {
        AssetId runsOn = References.id(site.id(), at.text("runs-on", ""));
        SshAccess ssh = hosts.get(runsOn);
        if (ssh == null) {
            throw new IllegalStateException("unresolved after the rules: " + runsOn);
        }
        String stopBy = at.text("stop-by", "host").replace('-', '_').toUpperCase(Locale.ROOT);
        return new Stack(
                References.own(site.id(), at),
                References.title(at),
                References.stewardship(site, at),
                at.text("project", at.text("id", "")),
                at.text("path", ""),
                runsOn,
                ssh,
                references.needs(site.id(), at),
                References.reachedThrough(site.id(), at),
                Stack.StopBy.valueOf(stopBy),
                Durations.of(at, "grace", "60s"),
                Durations.of(at, "stop-takes", "60s"),
                Durations.of(at, "start-takes", "60s"));
    }
}
