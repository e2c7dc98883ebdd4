package io.ridethrough.target.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.proxmox.NodePart.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The disks of a node, by {@code /nodes/{node}/disks/list}: SMART's word in {@code health} ({@code UNKNOWN} where a disk
 * has none), and in {@code wearout} the percent of life that is left, {@code N/A} for what does not wear out (pve-storage,
 * PVE/API2/Disks.pm, PVE/Diskmanage.pm).
 */
public final class NodeDisks {
    private NodeDisks() {}

    public static List<NodePart> read(JsonNode rows) {
        List<NodePart> parts = new ArrayList<>();
        for (JsonNode row : rows) {
            parts.add(new NodePart(
                    Kind.DISK,
                    row.path("devpath").asText("?"),
                    row.path("health").asText(""),
                    left(row.path("wearout"))));
        }
        return parts;
    }

    private static OptionalInt left(JsonNode wearout) {
        String text = wearout.asText("");
        return text.matches("\\d{1,3}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
