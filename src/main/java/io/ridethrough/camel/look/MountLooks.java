package io.ridethrough.camel.look;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Node;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.proxmox.MountState;
import io.ridethrough.target.ssh.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Whether what a node declares to mount is mounted there and answers. */
final class MountLooks implements Looks {
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
                        .map(mount -> shell.run(asset.id(), MountState.ask(mount, each))
                                .thenApply(result -> MountState.of(mount, result)))
                        .toList())
                .thenApply(MountLooks::mounted);
    }

    private static Look mounted(List<MountState> all) {
        List<String> there = new ArrayList<>();
        List<String> away = new ArrayList<>();
        for (MountState one : all) {
            switch (one.kind()) {
                case UNSEEN -> {
                    return new Look.Unseen(one.evidence());
                }
                case ANSWERS -> there.add(one.evidence());
                case ABSENT, STALE, HANGS, AMISS -> away.add(one.evidence());
            }
        }
        return new Look.Seen(Map.of("mounted", there, "not_mounted", away));
    }
}
