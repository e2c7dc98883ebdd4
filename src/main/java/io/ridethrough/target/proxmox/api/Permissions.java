package io.ridethrough.target.proxmox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.Node;
import io.ridethrough.target.proxmox.Version;
import io.ridethrough.target.way.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the token may do: {@code {path: {privilege: 1}}}. Lists are filtered by it and come with 200 even when nothing
 * may be seen (protocols 1.1), so that a list counts only with the right to all of it.
 */
record Permissions(JsonNode paths) {
    /** Whether it sees every guest, wherever its pool. */
    boolean seesEveryGuest() {
        return holds("VM.Audit", List.of("/", "/vms"));
    }

    /** Whether it sees every task of that node, and not only its own. */
    boolean seesEveryTask(String node) {
        return holds("Sys.Audit", List.of("/", "/nodes", "/nodes/" + node));
    }

    /** Whether it sees every storage. */
    boolean seesEveryStorage() {
        return holds("Datastore.Audit", List.of("/", "/storage"));
    }

    /**
     * Whether it may do all that is ever asked of the node and of these guests: of those the right to power may be given
     * one by one, the right to see is needed on all there are. A node of a cluster is asked about quorum and high
     * availability too, which takes a right on the root alone (protocols 1.2). To end a backup that root began takes
     * {@code Sys.Modify} on the node; to ping a VM's agent a right that has another name from 9 on (protocols 1.2, 1.5).
     *
     * @param running the version that the node says it runs
     * @param guests their kinds by number
     */
    Told suffices(Node asked, Version running, Map<Integer, Form> guests) {
        String node = asked.nodeName();
        List<String> missing = new ArrayList<>();
        for (String privilege : asked.cluster().isPresent() ? List.of("Sys.Audit", "Sys.Console") : List.<String>of()) {
            if (!holds(privilege, List.of("/"))) {
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
            vms.keySet().removeIf(vmid -> holds("VM.GuestAgent.Unrestricted", ofGuest(vmid)));
            lacking("VM.GuestAgent.Audit", vms.keySet().stream().toList(), missing);
        }
        if (!seesEveryTask(node)) {
            missing.add("Sys.Audit on /nodes/" + node);
        }
        for (String privilege : List.of("Sys.PowerMgmt", "Sys.Modify")) {
            if (!holds(privilege, List.of("/", "/nodes", "/nodes/" + node))) {
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
                .filter(vmid -> !holds(privilege, ofGuest(vmid)))
                .map(vmid -> "/vms/" + vmid)
                .toList();
        if (!without.isEmpty()) {
            missing.add(privilege + " on " + String.join(", ", without));
        }
    }

    private static List<String> ofGuest(int vmid) {
        return List.of("/", "/vms", "/vms/" + vmid);
    }

    /** Whether it holds the privilege on any of those paths. */
    boolean holds(String privilege, List<String> on) {
        return on.stream().anyMatch(path -> ApiAnswer.yes(paths.path(path).path(privilege)));
    }
}
