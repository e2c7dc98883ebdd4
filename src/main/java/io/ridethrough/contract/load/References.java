package io.ridethrough.contract.load;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.Stewardship;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what assets of every kind have in common; groups are expanded here. Only for contracts without errors. */
final class References {
    private final Map<String, Set<AssetId>> members = new HashMap<>();
    private final Map<AssetId, Set<String>> groupsOf = new HashMap<>();
    private final Map<String, At> groups = new HashMap<>();

    References(List<SiteDocs> sites) {
        for (SiteDocs site : sites) {
            for (At group : site.list(Kind.GROUP.file, Kind.GROUP.list)) {
                String full = site.id() + "/" + group.text("id", "");
                Set<AssetId> assets = ids(site.id(), group.items("members"));
                members.put(full, assets);
                groups.put(full, group);
                assets.forEach(asset ->
                        groupsOf.computeIfAbsent(asset, a -> new HashSet<>()).add(full));
            }
        }
    }

    static AssetId id(String site, String reference) {
        return AssetId.parse(Names.full(site, reference));
    }

    static Optional<AssetId> id(String site, At at) {
        return at.text().map(reference -> id(site, reference));
    }

    static Set<AssetId> ids(String site, List<At> references) {
        return references.stream()
                .flatMap(r -> id(site, r).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static AssetId own(String site, At at) {
        return new AssetId(new SiteId(site), at.text("id", ""));
    }

    static String title(At at) {
        return at.text("title", at.text("id", ""));
    }

    /** What an asset needs by itself and as a member of groups. */
    Set<AssetId> needs(String site, At asset) {
        Set<AssetId> needs = new HashSet<>(expand(site, asset.items("needs")));
        for (String group : groupsOf.getOrDefault(own(site, asset), Set.of())) {
            At at = groups.get(group);
            if (at != null) {
                needs.addAll(expand(group.substring(0, group.indexOf('/')), at.items("needs")));
            }
        }
        return needs;
    }

    private Set<AssetId> expand(String site, List<At> references) {
        Set<AssetId> all = new HashSet<>();
        for (AssetId id : ids(site, references)) {
            all.addAll(members.getOrDefault(id.toString(), Set.of(id)));
        }
        return all;
    }

    static Set<AssetId> reachedThrough(String site, At asset) {
        return ids(site, asset.items("reached-through"));
    }

    static List<Mount> mounts(String site, At asset) {
        return asset.items("mounts").stream()
                .map(mount -> {
                    String export = mount.text("export", "");
                    int colon = export.indexOf(':');
                    return new Mount(
                            id(site, export.substring(0, colon)), export.substring(colon + 1), mount.text("at", ""));
                })
                .toList();
    }

    static Stewardship stewardship(SiteDocs site, At asset) {
        At defaults = site.file("site").get("defaults");
        return new Stewardship(
                asset.text("owner", defaults.text("owner", "")),
                asset.text("domain", defaults.text("domain", "")),
                asset.integer("tier", defaults.integer("tier", 4)),
                asset.text("slo", defaults.text("slo", "")));
    }

    /** The SSH access that the asset declares, with every default. */
    static SshAccess ssh(String site, At asset) {
        At ssh = asset.get("ssh");
        String user = ssh.text("user", "root");
        return new SshAccess(
                ssh.text("host").or(() -> asset.text("address")).orElse(""),
                ssh.integer("port", 22),
                user,
                ssh.text("identity", "ssh/" + site),
                ssh.is("sudo", !user.equals("root")));
    }
}
