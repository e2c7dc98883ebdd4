package io.ridethrough.contract.load;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.ProofOfOff;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.SshAccess;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes the record of one site. */
final class SiteBinding {
    private final SiteDocs site;
    private final References references;
    private final GuestBinding guests;
    private final PowerBinding power;
    private final InterfaceBinding interfaces;
    private final UpkeepBinding upkeep;

    SiteBinding(SiteDocs site, References references, List<SiteDocs> sites) {
        this.site = site;
        this.references = references;
        this.guests = new GuestBinding(site, references, sites);
        this.power = new PowerBinding(site);
        this.interfaces = new InterfaceBinding(site);
        this.upkeep = new UpkeepBinding(site, sites);
    }

    Site bind() {
        At root = site.file("site");
        At outOfBand = root.get("out-of-band");
        At recovery = root.get("recovery");
        At runsOn = root.get("orchestrator").get("runs-on");
        boolean outside = runsOn.text().equals(Optional.of("outside"));
        return new Site(
                new SiteId(site.id()),
                root.text("title", site.id()),
                ZoneId.of(root.text("time-zone", "")),
                root.text("lan", ""),
                root.texts("domains"),
                References.id(site.id(), root.get("gateway")),
                References.id(site.id(), root.get("name-service")),
                new Site.Orchestrator(outside ? Optional.empty() : References.id(site.id(), runsOn)),
                new Site.OutOfBand(
                        outOfBand.is("required", false),
                        References.id(site.id(), outOfBand.get("asked-on")),
                        outOfBand.texts("routers"),
                        References.ids(site.id(), outOfBand.items("devices"))),
                new Site.Recovery(recovery.integer("attempts", 2), Durations.of(recovery, "back-off", "15s")),
                root.is("power-off", true),
                site.list("nodes", "nodes").stream().map(this::node).toList(),
                guests.guests(),
                guests.excluded(),
                guests.stacks(),
                site.list("storage", "nas").stream().map(this::nas).toList(),
                site.list("network", "devices").stream().map(this::device).toList(),
                interfaces.controllers(),
                interfaces.homeAssistant(),
                power.bind(),
                ProbeBinding.probes(site),
                site.list("backup", "windows").stream()
                        .map(SiteBinding::backupWindow)
                        .toList(),
                new PostureBinding(site).bind(),
                upkeep.bind());
    }

    private Node node(At at) {
        AssetId id = References.own(site.id(), at);
        SshAccess ssh = References.ssh(site.id(), at);
        return new Node(
                id,
                References.title(at),
                References.stewardship(site, at),
                at.text("node-name", id.name()),
                at.text("version", ""),
                at.text("address", ssh.host()),
                ssh,
                interfaces.proxmox(at, at.text("address", ssh.host())),
                at.text("cluster"),
                references.needs(site.id(), at),
                References.reachedThrough(site.id(), at),
                References.mounts(site.id(), at),
                proofOfOff(at, ssh),
                Durations.of(at, "off", "120s"),
                Durations.of(at, "boot", "240s"),
                at.integer("stops-at-once", 8),
                at.integer("starts-at-once", 3),
                Durations.of(at, "wakes-apart", "20s"),
                power.wake(id));
    }

    private Nas nas(At at) {
        AssetId id = References.own(site.id(), at);
        SshAccess ssh = References.ssh(site.id(), at);
        return new Nas(
                id,
                References.title(at),
                References.stewardship(site, at),
                at.text("address", ssh.host()),
                ssh,
                interfaces.dsm(at, at.text("address", ssh.host())),
                references.needs(site.id(), at),
                References.reachedThrough(site.id(), at),
                at.texts("exports"),
                proofOfOff(at, ssh),
                Durations.of(at, "off", "120s"),
                Durations.of(at, "boot", "240s"),
                power.wake(id));
    }

    private Device device(At at) {
        return new Device(
                References.own(site.id(), at),
                References.title(at),
                References.stewardship(site, at),
                at.text("role", ""),
                at.text("address"),
                at.texts("macs"),
                at.integers("ports"),
                references.needs(site.id(), at),
                References.reachedThrough(site.id(), at));
    }

    private static ProofOfOff proofOfOff(At host, SshAccess ssh) {
        At proof = host.get("proof-of-off");
        List<Integer> ports = proof.integers("ports");
        return new ProofOfOff(ports.isEmpty() ? List.of(ssh.port()) : ports, Durations.of(proof, "quiet", "10s"));
    }

    private static Site.BackupWindow backupWindow(At at) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            String word = day.name().substring(0, 3).toLowerCase(Locale.ROOT);
            if (!at.get("days").present() || at.texts("days").contains(word)) {
                days.add(day);
            }
        }
        return new Site.BackupWindow(
                at.text("id", ""),
                References.title(at),
                LocalTime.parse(at.text("at", "")),
                Durations.of(at, "lasts", "1h"),
                days);
    }
}
