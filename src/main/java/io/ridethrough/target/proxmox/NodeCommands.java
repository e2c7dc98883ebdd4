package io.ridethrough.target.proxmox;

import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.RemoteCommand.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The command that powers a Linux host off. */
public final class NodeCommands {
    private static final Duration LOOK = Duration.ofSeconds(30);

    private NodeCommands() {}

    /** The tasks of one guest as bare JSON (protocols 1.2, 1.6). */
    public static RemoteCommand tasks(String nodeName, int vmid, boolean sudo) {
        return list(nodeName, sudo, "--source", "all", "--vmid", Integer.toString(vmid));
    }

    /** The tasks that run now. */
    public static RemoteCommand working(String nodeName, boolean sudo) {
        return list(nodeName, sudo, "--source", "active");
    }

    /** The runs of vzdump that ended, newest first. */
    public static RemoteCommand backups(String nodeName, boolean sudo) {
        return list(nodeName, sudo, "--source", "archive", "--typefilter", "vzdump");
    }

    /** What is scheduled; the file is root's. */
    public static RemoteCommand jobs(boolean sudo) {
        return new RemoteCommand(List.of("cat", "/etc/pve/jobs.cfg"), LOOK, Lane.LOOK).asRoot(sudo);
    }

    private static RemoteCommand list(String nodeName, boolean sudo, String... which) {
        List<String> words = new ArrayList<>(List.of("pvesh", "get", "/nodes/" + nodeName + "/tasks"));
        words.addAll(List.of(which));
        words.addAll(List.of("--output-format", "json"));
        return new RemoteCommand(words, LOOK, Lane.LOOK).asRoot(sudo);
    }

    /** One of the cluster's answers as bare JSON. */
    static RemoteCommand cluster(String path, boolean sudo) {
        return new RemoteCommand(List.of("pvesh", "get", path, "--output-format", "json"), LOOK, Lane.LOOK)
                .asRoot(sudo);
    }

    /** The cluster's high availability lets go, or takes up again. */
    static RemoteCommand highAvailability(ClusterState.Wanted wanted, boolean sudo, Duration limit) {
        List<String> words = wanted == ClusterState.Wanted.DISARMED
                ? List.of("pvesh", "create", "/cluster/ha/status/disarm-ha", "--resource-mode", "ignore")
                : List.of("pvesh", "create", "/cluster/ha/status/arm-ha");
        return new RemoteCommand(words, limit, Lane.FORCED).asRoot(sudo);
    }

    /** What high availability is asked for of one resource (pve-docs, ha-manager.adoc, management tasks). */
    public static RemoteCommand resource(String sid, String state, boolean sudo, Duration limit) {
        return new RemoteCommand(List.of("ha-manager", "set", sid, "--state", state), limit, Lane.FORCED).asRoot(sudo);
    }

    /** Stops one of a node's daemons of high availability, waiting until it did. */
    public static RemoteCommand stop(HaDaemon daemon, boolean sudo, Duration limit) {
        return new RemoteCommand(List.of("systemctl", "stop", daemon.unit()), limit, Lane.FORCED).asRoot(sudo);
    }

    /** Starts both. */
    public static RemoteCommand startDaemons(boolean sudo, Duration limit) {
        List<String> words = List.of("systemctl", "start", HaDaemon.CRM.unit(), HaDaemon.LRM.unit());
        return new RemoteCommand(words, limit, Lane.FORCED).asRoot(sudo);
    }

    /** A line for each of {@link HaDaemon}, in its order; exits 3 as soon as one is not active. */
    public static RemoteCommand daemons(boolean sudo) {
        List<String> words = new ArrayList<>(List.of("systemctl", "is-active"));
        for (HaDaemon daemon : HaDaemon.values()) {
            words.add(daemon.unit());
        }
        return new RemoteCommand(words, LOOK, Lane.LOOK).asRoot(sudo);
    }

    /** Tells a task to end. */
    public static RemoteCommand abort(String nodeName, String upid, boolean sudo, Duration limit) {
        String path = "/nodes/" + nodeName + "/tasks/" + upid;
        return new RemoteCommand(List.of("pvesh", "delete", path), limit, Lane.FORCED).asRoot(sudo);
    }

    /**
     * Hands the power-off to the init system and returns: the exit code is the host's acceptance, and nothing of ours is
     * left to be killed with the session (protocols 1.6: a blocking power-off over ssh hangs or ends in 255; one behind
     * {@code nohup} hides its refusal).
     */
    public static RemoteCommand powerOff(boolean sudo, Duration limit) {
        return new RemoteCommand(List.of("systemctl", "poweroff", "--no-block"), limit, Lane.FORCED).asRoot(sudo);
    }

    /** The same for a reboot. */
    public static RemoteCommand reboot(boolean sudo, Duration limit) {
        return new RemoteCommand(List.of("systemctl", "reboot", "--no-block"), limit, Lane.FORCED).asRoot(sudo);
    }
}
