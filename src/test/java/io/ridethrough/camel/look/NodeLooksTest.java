package io.ridethrough.camel.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodePart;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class NodeLooksTest {
    private static final AssetId NODE = AssetId.parse("attic/pve1");
    private static final Control.Probe UPDATES =
            new Control.Probe(Control.Ask.UPDATES, List.of(), "", Duration.ofSeconds(30));

    @Test
    void aControlCanAskWhatWaitsToBeUpdated() {
        assertThat(seen(new NodeTold.Parts(List.of(
                        new NodePart(NodePart.Kind.UPDATE, "pve-manager", "9.1.4"),
                        new NodePart(NodePart.Kind.UPDATE, "zlib1g", "1.3")))))
                .isEqualTo(new Looks.Look.Seen(Map.of("waiting", List.of("pve-manager", "zlib1g"))));
    }

    @Test
    void whoMayNotSeeThemHasSeenNothing() {
        assertThat(seen(new Told.Undelivered("RIGHT: 403 Permission check failed (/nodes/attic-one, Sys.Modify)")))
                .isInstanceOfSatisfying(Looks.Look.Unseen.class, none -> assertThat(none.toString())
                        .contains("Sys.Modify"));
    }

    private static Looks.Look seen(Told told) {
        Contracts contracts = FakeContracts.attic();
        Optional<Asset> node = contracts.asset(NODE);
        Subject subject = new Subject(Objects.requireNonNull(contracts.sites().get(NODE.site())), node);
        return new NodeLooks((target, ask) -> {
                    assertThat(ask).isEqualTo(new NodeAsk.Parts(NodePart.Kind.UPDATE));
                    return CompletableFuture.completedFuture(told);
                })
                .look(UPDATES, subject)
                .toCompletableFuture()
                .join();
    }
}
