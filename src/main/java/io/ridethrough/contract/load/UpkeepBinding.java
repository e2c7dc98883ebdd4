package io.ridethrough.contract.load;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.BackupTarget;
import io.ridethrough.contract.SecretName;
import io.ridethrough.contract.Upkeep;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Makes the record of what a site declares for the standard alone. */
final class UpkeepBinding {
    private final SiteDocs site;
    private final List<SiteDocs> sites;
    private final Map<String, ZoneId> zones = new TreeMap<>();

    UpkeepBinding(SiteDocs site, List<SiteDocs> sites) {
        this.site = site;
        this.sites = sites;
        sites.forEach(one -> zones.put(one.id(), ZoneId.of(one.file("site").text("time-zone", "UTC"))));
    }

    Upkeep bind() {
        return new Upkeep(
                profiles(),
                site.list("backup", "targets").stream().map(this::target).toList(),
                HomeHealthBinding.bind(site, sites),
                site.list("stacks", "secret-names").stream()
                        .map(at -> new SecretName(at.text("name", ""), at.texts("never")))
                        .toList());
    }

    private Map<AssetId, Upkeep.Profile> profiles() {
        Map<String, List<String>> tiers = new TreeMap<>();
        site.list("storage", "tiers").forEach(tier -> tiers.put(tier.text("id", ""), tier.texts("storages")));
        Map<AssetId, Upkeep.Profile> profiles = new TreeMap<>();
        for (At guest : site.list("guests", "guests")) {
            At at = guest.get("profile");
            if (at.present()) {
                profiles.put(
                        References.own(site.id(), guest),
                        new Upkeep.Profile(
                                at.integer("cores", 0),
                                mebibytes(at.text("memory", "0MiB")),
                                tiers.getOrDefault(at.text("storage-tier", ""), List.of())));
            }
        }
        return profiles;
    }

    /** A size as contracts write it: {@code 512MiB}, {@code 8GiB}. */
    private static long mebibytes(String size) {
        long amount = Long.parseLong(size.substring(0, size.length() - 3));
        return size.endsWith("GiB") ? 1024 * amount : amount;
    }

    private BackupTarget target(At at) {
        AssetId on = References.id(site.id(), at.text("on", ""));
        Duration every = Durations.of(at, "every", "24h");
        return new BackupTarget(
                at.text("id", ""),
                BackupTarget.Kind.valueOf(at.text("kind", "").toUpperCase(Locale.ROOT)),
                List.copyOf(References.ids(site.id(), at.items("of"))),
                on,
                at.text("files")
                        .<BackupTarget.Source>map(BackupTarget.Files::new)
                        .orElseGet(() -> new BackupTarget.DsmTask(at.text("dsm-task", ""))),
                every,
                Durations.of(at, "stale-after", every.plus(BackupTarget.GRACE).toMinutes() + "m"),
                at.text("keeps", ""),
                zones.getOrDefault(on.site().value(), ZoneId.of("UTC")));
    }
}
