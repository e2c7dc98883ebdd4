package io.ridethrough.target.proxmox;

import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.RemoteCommand.Lane;
import java.time.Duration;
import java.util.List;

/** The command that powers a Linux host off. */
public final class NodeCommands {
    private NodeCommands() {}

    /**
     * Hands the power-off to the init system and returns: the exit code is the host's acceptance, and nothing of ours is
     * left to be killed with the session (protocols 1.6: a blocking power-off over ssh hangs or ends in 255; one behind
     * {@code nohup} hides its refusal).
     */
    public static RemoteCommand powerOff(boolean sudo, Duration limit) {
        return new RemoteCommand(List.of("systemctl", "poweroff", "--no-block"), limit, Lane.FORCED).asRoot(sudo);
    }
}
