package io.ridethrough.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a site declares that no plan needs: what the standard compares it with.
 *
 * @param profiles by guest; a guest without one is not in it
 * @param home what its Home Assistant looks like when it is well; empty where the site has none
 * @param secretNames the one name of each credential that stacks share
 */
public record Upkeep(
        Map<AssetId, Profile> profiles,
        List<BackupTarget> backups,
        Optional<HomeHealth> home,
        List<SecretName> secretNames) {
    /** Of a site that declares none of it. */
    public static final Upkeep NONE = new Upkeep(Map.of(), List.of(), Optional.empty(), List.of());

    public Upkeep {
        profiles = new TreeMap<>(profiles);
        backups = List.copyOf(backups);
        secretNames = List.copyOf(secretNames);
    }

    /** What Proxmox is to give that guest. */
    public Optional<Profile> profile(AssetId guest) {
        return Optional.ofNullable(profiles.get(guest));
    }

    /** The targets of that kind in which that guest is. */
    public List<BackupTarget> backups(BackupTarget.Kind kind, AssetId guest) {
        return backups.stream()
                .filter(target -> target.kind() == kind && target.of().contains(guest))
                .toList();
    }

    /**
     * What a guest is given.
     *
     * @param cores virtual processors; 0 where that is not declared
     * @param memory in MiB; 0 where that is not declared
     * @param storages Proxmox storages of its tier, the first of which holds at least one of its disks; empty where no
     *     tier is declared
     */
    public record Profile(int cores, long memory, List<String> storages) {
        public Profile {
            storages = List.copyOf(storages);
        }
    }
}
