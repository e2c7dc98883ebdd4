package io.ridethrough.target.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Node;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.way.Told;
import org.junit.jupiter.api.Test;

/** Updates as a node lists them, by the second way: pve-manager, PVE/API2/APT.pm. */
class NodeUpdatesTest {
    private static final String LIST = "pvesh get /nodes/attic-one/apt/update --output-format json";

    private final FakeShell shell = new FakeShell();
    private final Node node =
            (Node) FakeContracts.attic().asset(AssetId.parse("attic/pve1")).orElseThrow();

    @Test
    void whatWaitsIsNamedWithTheVersionThatItWouldBecome() {
        shell.prints(LIST, """
                [{"Package":"pve-manager","Title":"Its manager","Section":"admin","Priority":"optional",
                  "OldVersion":"8.4.1","Version":"8.4.14"},
                 {"Package":"odd"}]
                """);

        assertThat(((NodeTold.Parts) told()).parts().stream().map(NodePart::toString))
                .containsExactly("update pve-manager is 8.4.14", "update odd is without a status");
    }

    @Test
    void noneIsNoneAndWhatIsNoListIsUnknown() {
        shell.prints(LIST, "[]");
        assertThat(((NodeTold.Parts) told()).parts()).isEmpty();

        shell.prints(LIST, "");
        assertThat(told()).isInstanceOf(Told.Declined.class);

        shell.fails(LIST, 255, "please run as root");
        assertThat(told()).isInstanceOf(Told.Declined.class);
    }

    private Told told() {
        return new SshWay(shell)
                .ask(node, new NodeAsk.Parts(NodePart.Kind.UPDATE))
                .toCompletableFuture()
                .join();
    }
}
