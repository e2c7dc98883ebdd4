package io.ridethrough.contract.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import org.junit.jupiter.api.Test;

class ContractLoaderTest {
    private final Contracts attic = FakeContracts.attic();

    @Test
    void bindsEveryAssetOfTheSite() {
        assertThat(attic.assets().keySet())
                .map(AssetId::toString)
                .containsExactly(
                        "attic/broker",
                        "attic/cameras",
                        "attic/dns",
                        "attic/gateway",
                        "attic/media",
                        "attic/nas",
                        "attic/pve1",
                        "attic/pve2",
                        "attic/web",
                        "attic/wiki");
    }
}
