package io.ridethrough.target.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.proxmox.NodePart.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The updates that wait on a node, by {@code GET /nodes/{node}/apt/update}: one row for each package, with what it would
 * become in {@code Version}. As old as the last {@code apt-get update}: nothing is fetched for it. It takes no parameter
 * and {@code Sys.Modify} on the node (pve-manager, PVE/API2/APT.pm: list_updates).
 */
public final class NodeUpdates {
    private NodeUpdates() {}

    public static List<NodePart> read(JsonNode rows) {
        List<NodePart> parts = new ArrayList<>();
        for (JsonNode row : rows) {
            parts.add(new NodePart(
                    Kind.UPDATE,
                    row.path("Package").asText("?"),
                    row.path("Version").asText("")));
        }
        return parts;
    }
}
