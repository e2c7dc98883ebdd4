package io.ridethrough.target.proxmox;

import io.ridethrough.contract.Guest.Form;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.RemoteCommand.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands for one guest, by {@code qm} or {@code pct} as its kind asks (protocols 1.4, 1.6). They run their worker
 * in the foreground and exit 255 where the task failed.
 *
 * @param sudo whether they go through {@code sudo -n}
 */
public record GuestCommands(Form form, int vmid, boolean sudo) {
    private static final Duration LOOK = Duration.ofSeconds(30);

    /** Prints {@code status: <word>}. */
    public RemoteCommand status() {
        return look(tool(form), "status", id());
    }

    public RemoteCommand config() {
        return look(tool(form), "config", id());
    }

    /**
     * Asks the guest to shut down and waits for it. The time is always explicit, so that the guest's own {@code down=}
     * does not replace it.
     *
     * @param grace how long the guest gets; at least one second, the tools know no fractions
     */
    public RemoteCommand shutdown(Duration grace, Duration limit) {
        long seconds = Math.max(1, grace.plusMillis(999).toSeconds());
        return command(limit, Lane.BLOCKING, tool(form), "shutdown", id(), "--timeout", Long.toString(seconds));
    }

    /** Cuts the guest's power; where the node's version has it, a shutdown that holds the guest's lock is ended first. */
    public RemoteCommand stop(String nodeVersion, Duration limit) {
        List<String> words = new ArrayList<>(List.of(tool(form), "stop", id()));
        if (Version.of(nodeVersion).atLeast(Version.OVERRULES)) {
            words.addAll(List.of("--overrule-shutdown", "1"));
        }
        return command(limit, Lane.FORCED, words.toArray(new String[0]));
    }

    /** Starts the guest; a guest that runs already is an error of the tool (protocols 1.4). */
    public RemoteCommand start(Duration limit) {
        return command(limit, Lane.BLOCKING, tool(form), "start", id());
    }

    /** Exits 0 when the guest itself answers: the agent of a VM, a process inside a container. */
    public RemoteCommand respond() {
        return form == Form.VM ? look(tool(form), "agent", id(), "ping") : look(tool(form), "exec", id(), "--", "true");
    }

    /** The same number asked as the other kind: the only way to tell a wrong kind from a guest that is not there. */
    public GuestCommands asOtherForm() {
        return new GuestCommands(form == Form.VM ? Form.CONTAINER : Form.VM, vmid, sudo);
    }

    /** Every guest of that kind on the node. */
    public static RemoteCommand list(Form form, boolean sudo) {
        return RemoteCommand.look(LOOK, tool(form), "list").asRoot(sudo);
    }

    private String id() {
        return Integer.toString(vmid);
    }

    private RemoteCommand look(String... words) {
        return RemoteCommand.look(LOOK, words).asRoot(sudo);
    }

    private RemoteCommand command(Duration limit, Lane lane, String... words) {
        return new RemoteCommand(List.of(words), limit, lane).asRoot(sudo);
    }

    private static String tool(Form form) {
        return form == Form.VM ? "qm" : "pct";
    }
}
