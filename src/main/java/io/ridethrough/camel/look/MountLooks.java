package io.ridethrough.camel.look;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Node;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Whether what a node declares to mount is mounted there. */
final class MountLooks implements Looks {
    /** Of coreutils' timeout: the time was over. */
    private static final int TIMED_OUT = 124;

    private final Shell shell;

    MountLooks(Shell shell) {
        this.shell = shell;
    }

    /** Each with its own time at the far side: one that hangs is no reason to wait for others. */
    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        Asset asset = subject.asset().orElseThrow();
        List<Mount> mounts = asset instanceof Node node ? node.mounts() : List.of();
        Duration each = probe.limit().dividedBy(2);
        return Seeing.all(mounts.stream()
                        .map(mount -> shell.run(asset.id(), RemoteCommand.look(each, "mountpoint", mount.at()))
                                .thenApply(result -> Map.entry(mount.at(), result)))
                        .toList())
                .thenApply(MountLooks::mounted);
    }

    private static Look mounted(List<Map.Entry<String, CommandResult>> all) {
        List<String> away = new ArrayList<>();
        List<String> there = new ArrayList<>();
        for (Map.Entry<String, CommandResult> one : all) {
            if (one.getValue() instanceof CommandResult.Undelivered none) {
                return new Look.Unseen(none.why());
            }
            if (one.getValue() instanceof CommandResult.Exited exited && exited.code() != TIMED_OUT) {
                (exited.code() == 0 ? there : away).add(one.getKey() + (exited.code() == 0 ? "" : " is not mounted"));
            } else {
                away.add(one.getKey() + " hangs");
            }
        }
        return new Look.Seen(Map.of("mounted", there, "not_mounted", away));
    }
}
