package io.ridethrough.target.proxmox;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.target.off.DelayedPowerOff;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.wake.AlarmCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Every kind of command that a node is ever sent through sudo, one of each. */
public final class RootCommands {
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Names of a storage of Proxmox VE (pve-common, JSONSchema.pm, pve-storage-id). */
    public static final String STORAGE = "[A-Za-z][A-Za-z0-9_.-]*";

    private RootCommands() {}

    /** What begins the question for the volumes of a {@link #STORAGE}. */
    public static RemoteCommand volumes(boolean sudo) {
        return RemoteCommand.look(LONG, "pvesm", "list").asRoot(sudo);
    }

    /** Those of {@link SshWay}, with numbers of which any may be another. */
    public static List<RemoteCommand> of(Node node, Map<Integer, Form> guests) {
        return of(node, guests, true);
    }

    /**
     * The same, as they are sent to a node that is reached as root too.
     *
     * @param guests their kinds by number
     * @param sudo whether they go through sudo
     */
    public static List<RemoteCommand> of(Node node, Map<Integer, Form> guests, boolean sudo) {
        List<RemoteCommand> all = new ArrayList<>();
        for (Form form : Form.values()) {
            all.add(GuestCommands.list(form, sudo));
            guests.entrySet().stream()
                    .filter(guest -> guest.getValue() == form)
                    .map(Map.Entry::getKey)
                    .min(Comparator.naturalOrder())
                    .map(vmid -> new GuestCommands(form, vmid, sudo))
                    .ifPresent(guest -> all.addAll(List.of(
                            guest.status(),
                            guest.asOtherForm().status(), // what is not there as the one is asked for as the other
                            guest.config(),
                            guest.respond(),
                            guest.shutdown(LONG, LONG),
                            guest.stop(node.version(), LONG),
                            guest.start(LONG))));
        }
        String name = node.nodeName();
        for (NodePart.Kind part : NodePart.Kind.values()) {
            all.add(PartCommands.of(part, name, sudo));
        }
        all.add(NodeCommands.tasks(name, 100, sudo));
        all.add(NodeCommands.working(name, sudo));
        all.add(NodeCommands.backups(name, sudo));
        all.add(NodeCommands.jobs(sudo));
        all.add(NodeCommands.abort(name, "UPID:" + name + ":", sudo, LONG));
        all.add(NodeCommands.powerOff(sudo, LONG));
        all.add(NodeCommands.reboot(sudo, LONG));
        if (node.cluster().isPresent()) {
            SshWay.CLUSTER.forEach(path -> all.add(NodeCommands.cluster(path, sudo)));
            all.addAll(highAvailability(node, sudo));
        }
        return all;
    }

    /** Disarmed and armed where the version can be told to, otherwise let go of one by one (R40). */
    private static List<RemoteCommand> highAvailability(Node node, boolean sudo) {
        if (!disarms(node)) {
            return oneByOne(sudo);
        }
        List<RemoteCommand> all = new ArrayList<>();
        for (ClusterState.Wanted wanted : ClusterState.Wanted.values()) {
            all.add(NodeCommands.highAvailability(wanted, sudo, LONG));
        }
        return all;
    }

    private static boolean disarms(Node node) {
        return Version.of(node.version()).atLeast(Version.DISARMS);
    }

    private static List<RemoteCommand> oneByOne(boolean sudo) {
        List<RemoteCommand> all = new ArrayList<>();
        for (String state : ClusterState.Resource.STATES) {
            all.add(NodeCommands.resource("vm:100", state, sudo, LONG));
            all.add(NodeCommands.resource("ct:100", state, sudo, LONG));
        }
        for (HaDaemon daemon : HaDaemon.values()) {
            all.add(NodeCommands.stop(daemon, sudo, LONG));
        }
        all.add(NodeCommands.startDaemons(sudo, LONG));
        all.add(NodeCommands.daemons(sudo));
        return all;
    }

    /**
     * What else its shell is sent: what the policy declares between a drain and a reboot, a delayed power-off where its
     * site carries us, the alarm of its clock where that wakes it, high availability let go of and taken up one by one though
     * it can be disarmed itself (beside an older node, and where one was that has been renewed since: R40), and what mends
     * it.
     */
    public static List<RemoteCommand> besides(Contracts contracts, Node node) {
        boolean sudo = node.ssh().sudo();
        List<RemoteCommand> all = new ArrayList<>();
        contracts.policy().between().ifPresent(between -> {
            all.add(new RemoteCommand(between.check(), LONG, RemoteCommand.Lane.LOOK).asRoot(sudo));
            all.add(new RemoteCommand(between.run(), between.limit(), RemoteCommand.Lane.BLOCKING).asRoot(sudo));
        });
        Site site = contracts.sites().get(node.id().site());
        if (site != null && site.orchestrator().runsOn().isPresent()) {
            all.add(DelayedPowerOff.ofNode(LONG, sudo, LONG));
            all.add(DelayedPowerOff.callBack(sudo, LONG));
        }
        if (node.wake().stream().anyMatch(WakeWay.AlarmClock.class::isInstance)) {
            all.add(AlarmCommands.set(LONG, sudo));
            all.add(AlarmCommands.takeBack(sudo));
        }
        if (node.cluster().isPresent() && disarms(node)) {
            all.addAll(oneByOne(sudo));
        }
        all.addAll(MendingCommands.of(contracts, node));
        return all;
    }
}
