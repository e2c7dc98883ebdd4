package io.ridethrough.cli;

import java.io.IOException;
import java.nio.file.Path;

/** The attic with hosts that are as quick to go and to come as a test need not wait longer for. */
final class QuickAttic {
    private QuickAttic() {}

    /** A copy of its contracts in that folder. */
    static ChangedFolder in(Path folder) throws IOException {
        String nodes = "sites/attic/nodes.yaml";
        return ChangedFolder.of(Path.of("src/test/resources/contracts/attic"), folder)
                .replace(nodes, "    wakes-apart: 25s", "    off: 60s\n    boot: 60s\n    wakes-apart: 25s")
                .replace(nodes, "    off: 90s\n    boot: 180s", "    off: 60s\n    boot: 60s")
                .replace("sites/attic/storage.yaml", "    off: 180s", "    off: 180s\n    boot: 60s");
    }
}
