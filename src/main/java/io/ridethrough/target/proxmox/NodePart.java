package io.ridethrough.target.proxmox;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Something of a node that its guests rest on, or that waits to be such.
 *
 * @param status the node's own word for how it is, and of an update the version that waits; empty when it tells none,
 *     which is not well
 * @param lifeLeft of a disk that wears out, how many percent of its life are left
 */
public record NodePart(Kind kind, String name, String status, OptionalInt lifeLeft) {
    /** What a part is. */
    public enum Kind {
        STORAGE,
        POOL,
        DISK,
        SERVICE,
        UPDATE
    }

    /** The services without which a node cannot be told anything, or its guests not start at its boot. */
    public static final List<String> SERVICES =
            List.of("pve-cluster", "pvedaemon", "pveproxy", "pvestatd", "pve-guests");

    /** What does not wear out. */
    public NodePart(Kind kind, String name, String status) {
        this(kind, name, status, OptionalInt.empty());
    }

    /** The words of SMART for a disk that is well: those of ATA and NVMe, and of SCSI (pve-storage, Diskmanage.pm). */
    private static final Set<String> HEALTHY = Set.of("PASSED", "OK");

    /**
     * A disabled storage is meant to be away; of a pool only ONLINE is whole (protocols 1.6). An update that waits is no
     * fault of the node: how many are too many is a control's to say.
     */
    public boolean isWell() {
        return switch (kind) {
            case STORAGE -> status.equals("active") || status.equals("disabled");
            case POOL -> status.equals("ONLINE");
            case DISK -> HEALTHY.contains(status);
            case SERVICE -> status.equals("active");
            case UPDATE -> !status.isEmpty();
        };
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + name + " is "
                + (status.isEmpty() ? "without a status" : status);
    }
}
