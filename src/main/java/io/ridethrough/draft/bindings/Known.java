package io.ridethrough.draft.bindings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * A machine of a site that the draft declares.
 *
 * @param names every name by which bindings call it
 * @param vmid a guest's number; empty text for another machine
 * @param values what the draft says of it so far
 */
record Known(String id, Set<String> names, String vmid, Spot entry, ObjectNode values) {
    boolean called(String name) {
        return names.contains(name);
    }

    /** Whether an entry of an inventory is about it: by number, else by one of its names. */
    boolean described(Spot card) {
        if (!vmid.isEmpty() && card.text("vm_id").isPresent()) {
            return card.text("vm_id").filter(vmid::equals).isPresent();
        }
        return List.of("id", "hostname", "machine_id", "node_id").stream()
                .anyMatch(key -> card.text(key).filter(names::contains).isPresent());
    }
}
