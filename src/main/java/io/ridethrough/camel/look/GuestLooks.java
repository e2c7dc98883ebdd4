package io.ridethrough.camel.look;

import io.ridethrough.contract.Control;
import io.ridethrough.contract.Guest;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.Said;
import io.ridethrough.target.proxmox.GuestCommands;
import io.ridethrough.target.proxmox.GuestSetup;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.Shell;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/** What Proxmox gives a guest, as its node has it. */
final class GuestLooks implements Looks {
    private final Shell shell;

    GuestLooks(Shell shell) {
        this.shell = shell;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        Guest guest = (Guest) subject.asset().orElseThrow();
        boolean sudo = subject.site().nodes().stream()
                .filter(node -> node.id().equals(guest.runsOn()))
                .anyMatch(node -> node.ssh().sudo());
        return shell.run(guest.runsOn(), new GuestCommands(guest.form(), guest.vmid(), sudo).config())
                .thenApply(result -> result instanceof CommandResult.Exited exited && exited.code() == 0
                        ? new Look.Seen(said(GuestSetup.read(exited.out())))
                        : new Look.Unseen(Said.by(result)));
    }

    private static Map<String, Object> said(GuestSetup setup) {
        return Map.of(
                "cores",
                (long) setup.cores(),
                "memory",
                setup.memory(),
                "storages",
                List.copyOf(new TreeSet<>(setup.disks().values())),
                "disks",
                setup.disks(),
                "onboot",
                setup.onboot());
    }
}
