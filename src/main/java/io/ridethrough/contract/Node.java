package io.ridethrough.contract;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A hypervisor host.
 *
 * @param nodeName the name Proxmox knows it by
 * @param cluster the Proxmox cluster of its site that it is a node of (R40); empty for none
 * @param off how long its power-off takes by declaration
 * @param boot how long it takes from wake to answering
 * @param stopsAtOnce how many guests may be shutting down side by side (R41)
 * @param startsAtOnce how many guests may be starting side by side (R41)
 * @param wakesApart how long after the wake of another node of its site it is woken at the earliest (R41)
 * @param wake the ways to energise it, in the order they are tried; empty when only a person can
 */
public record Node(
        AssetId id,
        String title,
        Stewardship stewardship,
        String nodeName,
        String version,
        String address,
        SshAccess ssh,
        Optional<ApiAccess> api,
        Optional<String> cluster,
        Set<AssetId> needs,
        Set<AssetId> reachedThrough,
        List<Mount> mounts,
        ProofOfOff proofOfOff,
        Duration off,
        Duration boot,
        int stopsAtOnce,
        int startsAtOnce,
        Duration wakesApart,
        List<WakeWay> wake)
        implements Asset {
    public Node {
        needs = Set.copyOf(needs);
        reachedThrough = Set.copyOf(reachedThrough);
        mounts = List.copyOf(mounts);
        wake = List.copyOf(wake);
    }
}
