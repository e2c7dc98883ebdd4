package io.ridethrough.target.proxmox;

import io.ridethrough.target.way.Told;
import java.util.List;

/** What a look at a Proxmox node showed, whichever way it was asked. */
public sealed interface NodeTold extends Told.Seen {
    /** The state of a guest. */
    record State(GuestState state) implements NodeTold {}

    /** Every guest of a kind; who asks knows that the way could see them all. */
    record Listed(GuestList list) implements NodeTold {}

    /** What a guest is locked for: backup, migrate, snapshot ...; empty when it is free. */
    record Lock(String word) implements NodeTold {}

    /** The cluster that it is a node of. */
    record Cluster(ClusterState state) implements NodeTold {}

    /** Tasks; who asks knows that the way could see them all. */
    record Tasks(List<NodeTask> tasks) implements NodeTold {
        public Tasks {
            tasks = List.copyOf(tasks);
        }
    }

    /** Parts of one kind; who asks knows that the way could see them all. */
    record Parts(List<NodePart> parts) implements NodeTold {
        public Parts {
            parts = List.copyOf(parts);
        }
    }
}
