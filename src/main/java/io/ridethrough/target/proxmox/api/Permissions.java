package io.ridethrough.target.proxmox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Node;
import io.ridethrough.target.way.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
     * availability too, which takes a right on the root alone (protocols 1.2).
     */
    Told suffices(Node asked, Set<Integer> guests) {
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
        List<String> powerless = new TreeSet<>(guests)
                .stream()
                        .map(vmid -> "/vms/" + vmid)
                        .filter(path -> !holds("VM.PowerMgmt", List.of("/", "/vms", path)))
                        .toList();
        if (!powerless.isEmpty()) {
            missing.add("VM.PowerMgmt on " + String.join(", ", powerless));
        }
        if (!seesEveryTask(node)) {
            missing.add("Sys.Audit on /nodes/" + node);
        }
        if (!holds("Sys.PowerMgmt", List.of("/", "/nodes", "/nodes/" + node))) {
            missing.add("Sys.PowerMgmt on /nodes/" + node);
        }
        if (!seesEveryStorage()) {
            missing.add("Datastore.Audit on /storage");
        }
        return missing.isEmpty()
                ? new Told.Done("logs in and holds every right that is needed")
                : new Told.Declined("its token lacks " + String.join("; ", missing));
    }

    /** Whether it holds the privilege on any of those paths. */
    boolean holds(String privilege, List<String> on) {
        return on.stream().anyMatch(path -> ApiAnswer.yes(paths.path(path).path(privilege)));
    }
}
