package io.ridethrough.target.proxmox.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

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

    /** Whether it holds the privilege on any of those paths. */
    boolean holds(String privilege, List<String> on) {
        return on.stream().anyMatch(path -> ApiAnswer.yes(paths.path(path).path(privilege)));
    }
}
