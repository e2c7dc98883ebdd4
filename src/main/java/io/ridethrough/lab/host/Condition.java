package io.ridethrough.lab.host;

import java.util.Optional;

/** What may be amiss on a simulated node or guest while everything else of it goes on. */
public enum Condition {
    UNIT_FAILED,
    SCHEDULER_STOPPED,
    /** Whatever unit is restarted fails again. */
    RESTARTS_IN_VAIN,
    FIREWALL_STOPPED,
    MAIL_STUCK,
    ROOT_BY_PASSWORD,
    BOOT_PARTITION_AWAY,
    GHOST_INTERFACE,
    STALE_HOSTS_FILE,
    ROOT_DISK_FULL,
    /** So full that nothing can be written. */
    ROOT_DISK_CRITICAL,
    CLUSTER_STOPPED,
    /** A field in the jobs of the scheduler that it does not know. */
    JOBS_INVALID,
    /** A guest moves to another node. */
    MIGRATING,
    /** A backup of several guests, as a schedule begins it. */
    BACKING_UP,
    /** Of a NAS: the last of its exports is served no more. */
    EXPORT_LOST,
    /** Of a NAS: somebody writes a copy to it. */
    COPIED_TO,
    /** Of a stack: somebody deploys it. */
    DEPLOYING,
    /** Of a stack: it knows a credential by another name than its own. */
    OTHER_SECRET_NAME,
    NO_BACKUP_JOB,
    NO_RETENTION,
    OTHER_RESOLVER,
    PERFORMANCE_GOVERNOR,
    UNMITIGATED,
    NOT_MOUNTED,
    STORAGE_INACTIVE,
    POOL_DEGRADED,
    /** SMART foretells the end of a disk. */
    DISK_FAILING,
    /** A disk has little of its life left. */
    DISK_WORN,
    OLD_VERSION,
    UPDATES_PENDING,
    NO_RELAY,
    /** The device at the gateway's address shows another hardware address. */
    OTHER_MAC,
    /** A guest that nobody declared stands on the node. */
    STRANGER,
    /** A unit of the boot order has lost its drop-in. */
    DROP_IN_GONE,
    /** Something listens that was not declared. */
    PORT_OPEN,
    /** Somebody else may log in. */
    ACCOUNT_ADDED,
    /** A client that nobody knows stands on an address for what is known. */
    UNKNOWN_CLIENT,
    /** A device stands on a network that is not for its class. */
    OTHER_NETWORK,
    /** A volume of a guest that was destroyed is still there. */
    VOLUME_LEFT,
    /** The tailnet has a member that nobody declared. */
    STRANGE_PEER,
    /** A member of the tailnet has been away for months. */
    PEER_AWAY,
    /** Nobody carries the declared subnets any more. */
    ROUTE_LOST,
    /** Its own key of the tailnet expires in ten days. */
    KEY_ENDS,
    /** Of a NAS: one of its network ports has no carrier. */
    LINK_DOWN,
    /** Of a stack: a container has no restart policy. */
    RESTART_NO,
    /** Of a stack: a hard stop left its database's container dead, and its application's half removed. */
    LEFT_OVERS,
    /** Of a stack: one of its services does its work once and ends well. */
    ONE_SHOT,
    /** Of a stack: its application ends three seconds after each start, and is started again. */
    RESTART_LOOP,
    /** Of a stack: its host has a compose from before 2.21, which prints one array. */
    OLD_COMPOSE,
    /** The program that sends magic packets is not installed. */
    NO_WAKEONLAN,
    /** Of a guest: it has a snapshot of long ago. */
    OLD_SNAPSHOT,
    /** Of a name service: it answers what it must block. */
    NOT_BLOCKING,
    /** Of a name service: its program is gone while its guest runs. */
    PROGRAM_GONE,
    /** Of a guest: it starts with its node, or not, other than declared. */
    ONBOOT_TURNED,
    /** Of a guest: its node starts it in no order. */
    ORDER_UNSET,
    /** The node does not follow its UPS by itself. */
    UPSMON_STOPPED,
    /** Another program shuts the node down when mains fail. */
    APCUPSD_RUNS,
    /** Of a guest: what its node does with it ends well, but with a warning. */
    WARNS,
    /** Of a guest: somebody gave it another processor. */
    OTHER_CORES,
    /** Of a guest: its disks were moved to another storage. */
    OTHER_STORAGE,
    /** Of a node: the last run of its backups ended with errors. */
    BACKUP_RUN_FAILED,
    /** Of a guest: nobody backed it up for longer than is declared. */
    BACKUP_MISSED,
    /** Of a guest: its copy at another site was not renewed. */
    COPY_MISSED,
    /** Of a guest: its applications wrote no backup of their own. */
    APPLICATION_BACKUP_MISSED;

    /** The type of the task that is it, where it is one (protocols 1.3). */
    static Optional<String> task(Condition condition) {
        return switch (condition) {
            case MIGRATING -> Optional.of("qmigrate");
            case BACKING_UP -> Optional.of("vzdump");
            default -> Optional.empty();
        };
    }
}
