package io.ridethrough.target.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Node;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.way.Told;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Disks as a node lists them: pve-storage, PVE/API2/Disks.pm. */
class NodeDisksTest {
    private static final String LIST = "pvesh get /nodes/attic-one/disks/list --output-format json";

    private final FakeShell shell = new FakeShell();
    private final Node node =
            (Node) FakeContracts.attic().asset(AssetId.parse("attic/pve1")).orElseThrow();

    @Test
    void onlyADiskThatSmartCallsHealthyIsWell() {
        shell.prints(LIST, """
                [{"devpath":"/dev/sda","health":"PASSED","wearout":"N/A"},
                 {"devpath":"/dev/sdb","health":"OK"},
                 {"devpath":"/dev/sdc","health":"FAILED!"},
                 {"devpath":"/dev/sdd","health":"UNKNOWN"},
                 {"devpath":"/dev/sde"}]
                """);

        assertThat(parts().stream().filter(part -> !part.isWell()).map(NodePart::toString))
                .containsExactly(
                        "disk /dev/sdc is FAILED!", "disk /dev/sdd is UNKNOWN", "disk /dev/sde is without a status");
    }

    @Test
    void theLifeThatIsLeftIsToldOfWhatWearsOutAlone() {
        shell.prints(LIST, """
                [{"devpath":"/dev/nvme0n1","health":"PASSED","wearout":97},
                 {"devpath":"/dev/sda","health":"PASSED","wearout":"4"},
                 {"devpath":"/dev/sdb","health":"PASSED","wearout":"N/A"}]
                """);

        assertThat(parts())
                .extracting(NodePart::lifeLeft)
                .containsExactly(OptionalInt.of(97), OptionalInt.of(4), OptionalInt.empty());
    }

    @Test
    void whatIsNoListIsNoDisk() {
        shell.fails(LIST, 255, "please run as root");
        assertThat(told()).isInstanceOf(Told.Declined.class);

        shell.prints(LIST, "");
        assertThat(told()).isInstanceOf(Told.Declined.class);
    }

    private List<NodePart> parts() {
        return ((NodeTold.Parts) told()).parts();
    }

    private Told told() {
        return new SshWay(shell)
                .ask(node, new NodeAsk.Parts(NodePart.Kind.DISK))
                .toCompletableFuture()
                .join();
    }
}
