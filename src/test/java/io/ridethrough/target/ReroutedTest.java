package io.ridethrough.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.SiteId;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** R33: an asset is elsewhere for as long as a person says so, and every other stays where it is declared. */
class ReroutedTest {
    private static final AssetId NAS = new AssetId(new SiteId("attic"), "nas");
    private static final AssetId NODE = new AssetId(new SiteId("attic"), "pve1");

    private final Contracts contracts = FakeContracts.attic();
    private final Rerouted wiring = new Rerouted(unresolved(), () -> contracts);

    @Test
    void goesElsewhereForWhatIsDeclaredAtTheMovedAssetAndKeepsThePort() {
        String declared = ((Nas) contracts.asset(NAS).orElseThrow()).ssh().host();
        wiring.follow(() -> Map.of(NAS, "elsewhere"));

        assertThat(wiring.tcp(declared, 22).getHostString()).isEqualTo("elsewhere");
        assertThat(wiring.udp(declared, 9).getPort()).isEqualTo(9);

        wiring.follow(Map::of);
        assertThat(wiring.tcp(declared, 22).getHostString()).isEqualTo(declared);
    }

    @Test
    void leavesEveryOtherAssetWhereItIsDeclared() {
        String declared = ((Nas) contracts.asset(NAS).orElseThrow()).ssh().host();
        wiring.follow(() -> Map.of(NODE, "elsewhere"));

        assertThat(wiring.tcp(declared, 22).getHostString()).isEqualTo(declared);
    }

    private static Wiring unresolved() {
        return new Wiring() {
            @Override
            public InetSocketAddress tcp(String host, int port) {
                return InetSocketAddress.createUnresolved(host, port);
            }

            @Override
            public InetSocketAddress udp(String host, int port) {
                return InetSocketAddress.createUnresolved(host, port);
            }
        };
    }
}
