package io.ridethrough.contract.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R40, where it is declared. */
class ClusterRuleTest {
    private static final String FIRST = "    reached-through: [gateway]\n";
    private static final String SECOND = "    off: 90s\n";

    @Test
    void readsWhichNodesAreOneCluster() {
        Loaded loaded = clustered("loft", "loft").load();

        assertThat(((Loaded.Ok) loaded).contracts().asset(AssetId.parse("attic/pve2")))
                .get()
                .extracting(node -> ((Node) node).cluster().orElse(""))
                .isEqualTo("loft");
    }

    /** Two spellings of one cluster are two clusters, and its guests would stop too late. */
    @Test
    void refusesAClusterOfOneNode() {
        List<String> errors = clustered("loft", "lofd").load().diagnostics().stream()
                .filter(one -> one.severity() == Diagnostic.Severity.ERROR)
                .map(Diagnostic::what)
                .toList();

        assertThat(errors)
                .containsExactly("cluster \"loft\" has no other node here", "cluster \"lofd\" has no other node here");
    }

    private static ChangedAttic clustered(String first, String second) {
        return new ChangedAttic()
                .replace("nodes", FIRST, FIRST + "    cluster: " + first + "\n")
                .replace("nodes", SECOND, SECOND + "    cluster: " + second + "\n");
    }
}
