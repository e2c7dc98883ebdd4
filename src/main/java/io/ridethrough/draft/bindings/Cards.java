package io.ridethrough.draft.bindings;

import java.util.ArrayList;
import java.util.List;

/** Every entry of an inventory that describes one machine, those that were looked at before those that were observed. */
final class Cards {
    private Cards() {}

    static List<Spot> of(Bindings bindings) {
        List<Spot> cards = new ArrayList<>(bindings.list("hardware.inventory.yaml", "machines"));
        cards.addAll(bindings.list("hardware.inventory.yaml", "devices"));
        cards.addAll(bindings.list("proxmox.inventory.yaml", "nodes"));
        cards.addAll(bindings.list("device.registry.yaml", "devices"));
        cards.addAll(bindings.list("clients.observed.yaml", "devices"));
        return cards;
    }
}
