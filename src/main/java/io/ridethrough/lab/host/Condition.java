package io.ridethrough.lab.host;

/** What may be amiss on a simulated node or guest while everything else of it goes on. */
public enum Condition {
    UNIT_FAILED,
    SCHEDULER_STOPPED,
    FIREWALL_STOPPED,
    MAIL_STUCK,
    ROOT_BY_PASSWORD,
    BOOT_PARTITION_AWAY,
    GHOST_INTERFACE,
    STALE_HOSTS_FILE,
    ROOT_DISK_FULL,
    NO_BACKUP_JOB,
    NO_RETENTION,
    OTHER_RESOLVER,
    PERFORMANCE_GOVERNOR,
    UNMITIGATED,
    NOT_MOUNTED,
    STORAGE_INACTIVE,
    POOL_DEGRADED,
    OLD_VERSION,
    UPDATES_PENDING,
    NO_RELAY,
    /** The device at the gateway's address shows another hardware address. */
    OTHER_MAC,
    /** A guest that nobody declared stands on the node. */
    STRANGER,
    /** Of a guest: it starts with its node, or not, other than declared. */
    ONBOOT_TURNED
}
