package io.ridethrough.target.proxmox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.Node;
import io.ridethrough.target.proxmox.Version;
import io.ridethrough.target.way.Told;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the token may do: {@code {path: {privilege: 1}}}. Lists are filtered by it and come with 200 even when nothing
 * may be seen (protocols 1.1), so that a list counts only with the right to all of it. The number tells whether the
 * privilege counts below that path too; it is held there in either case (pve-access-control, PVE/API2/AccessControl.pm:
 * "propagate boolean").
 */
record Permissions(JsonNode paths) {
    /** Whether it sees every guest, wherever its pool. */
    boolean seesEveryGuest() {
        return handsDown("VM.Audit", "/", "/vms");
    }

    /** Whether it sees every task of that node, and not only its own. */
    boolean seesEveryTask(String node) {
        return holdsOfNode("Sys.Audit", node);
    }

    /** Whether it sees every storage. */
    boolean seesEveryStorage() {
        return handsDown("Datastore.Audit", "/", "/storage");
    }

    /**
     * Whether it may do all that is ever asked of the node and of these guests: of those the right to power may be given
     * one by one, the right to see is needed on all there are. Its ZFS pools are shown to who may see the root alone, as is
     * quorum; the high availability of a cluster is disarmed by who has one right more there (protocols 1.2). To end a
     * backup that root began takes {@code Sys.Modify} on the node; to ping a VM's agent a right that has another name from
     * 9 on (protocols 1.2, 1.5).
     *
     * @param running the version that the node says it runs
     * @param guests their kinds by number
     */
    Told suffices(Node asked, Version running, Map<Integer, Form> guests) {
        String node = asked.nodeName();
        List<String> missing = new ArrayList<>();
        for (String privilege :
                asked.cluster().isPresent() ? List.of("Sys.Audit", "Sys.Console") : List.of("Sys.Audit")) {
            if (!holds(privilege, "/")) {
                missing.add(privilege + " on /");
            }
        }
        if (!seesEveryGuest()) {
            missing.add("VM.Audit on /vms");
        }
        Map<Integer, Form> vms = new TreeMap<>(guests);
        lacking("VM.PowerMgmt", vms.keySet().stream().toList(), missing);
        vms.values().removeIf(form -> form != Form.VM);
        if (!running.atLeast(Version.AGENT_PRIVILEGES)) {
            lacking("VM.Monitor", vms.keySet().stream().toList(), missing);
        } else {
            vms.keySet().removeIf(vmid -> holdsOfGuest("VM.GuestAgent.Unrestricted", vmid));
            lacking("VM.GuestAgent.Audit", vms.keySet().stream().toList(), missing);
        }
        if (!seesEveryTask(node)) {
            missing.add("Sys.Audit on /nodes/" + node);
        }
        for (String privilege : List.of("Sys.PowerMgmt", "Sys.Modify")) {
            if (!holdsOfNode(privilege, node)) {
                missing.add(privilege + " on /nodes/" + node);
            }
        }
        if (!seesEveryStorage()) {
            missing.add("Datastore.Audit on /storage");
        }
        return missing.isEmpty()
                ? new Told.Done("logs in and holds every right that is needed")
                : new Told.Declined("its token lacks " + String.join("; ", missing));
    }

    private void lacking(String privilege, List<Integer> guests, List<String> missing) {
        List<String> without = guests.stream()
                .filter(vmid -> !holdsOfGuest(privilege, vmid))
                .map(vmid -> "/vms/" + vmid)
                .toList();
        if (!without.isEmpty()) {
            missing.add(privilege + " on " + String.join(", ", without));
        }
    }

    private boolean holdsOfGuest(String privilege, int vmid) {
        return holds(privilege, "/vms/" + vmid, "/", "/vms");
    }

    private boolean holdsOfNode(String privilege, String node) {
        return holds(privilege, "/nodes/" + node, "/", "/nodes");
    }

    /** Whether it holds the privilege at that very path, or by one of those above. */
    private boolean holds(String privilege, String at, String... above) {
        return paths.path(at).has(privilege) || handsDown(privilege, above);
    }

    /** Whether it holds the privilege on all that is below any of those paths. */
    private boolean handsDown(String privilege, String... any) {
        return Arrays.stream(any)
                .anyMatch(path -> ApiAnswer.yes(paths.path(path).path(privilege)));
    }
}
