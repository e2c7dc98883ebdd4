package io.ridethrough.contract;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A VM or container on a node.
 *
 * @param vmid Proxmox's number, 100 to 999999999
 * @param grace how long a graceful shutdown may take before the next rung
 * @param mayForce whether a forced stop is permitted after the grace (R21)
 * @param onboot whether the node starts it by itself at boot
 * @param alwaysStart started at startup even if it was not seen running before (R38)
 * @param stop how long its shutdown takes by declaration
 * @param start how long it takes from start to ready
 */
public record Guest(
        AssetId id,
        String title,
        Stewardship stewardship,
        Form form,
        int vmid,
        AssetId runsOn,
        Set<AssetId> needs,
        Set<AssetId> reachedThrough,
        List<Mount> mounts,
        Optional<SshAccess> ssh,
        Duration grace,
        boolean mayForce,
        boolean onboot,
        boolean alwaysStart,
        Ready ready,
        Duration stop,
        Duration start)
        implements Asset {
    public Guest {
        needs = Set.copyOf(needs);
        reachedThrough = Set.copyOf(reachedThrough);
        mounts = List.copyOf(mounts);
    }

    /** Which of Proxmox's two kinds of guest it is. */
    public enum Form {
        VM,
        CONTAINER
    }

    /** What proves that a started guest is up. */
    public enum Ready {
        /** Proxmox reports it running. */
        RUNNING,
        /** It answers: the agent's ping for a VM, {@code true} executed inside a container. */
        RESPONDS
    }
}
