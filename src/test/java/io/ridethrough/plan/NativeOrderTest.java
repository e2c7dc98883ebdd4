package io.ridethrough.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Node;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With us dead, a node starts its guests in the order of the relations (design 8: never the only net). */
final class NativeOrderTest {
    private static final AssetId NAMES = AssetId.parse("attic/names");
    private static final AssetId APP = AssetId.parse("attic/app");

    private static FakeContracts attic() {
        FakeContracts sites = new FakeContracts();
        sites.nas("attic/store").takes(60, 400);
        sites.node("attic/metal").mounts("attic/store").takes(45, 90);
        sites.guest("attic/names", "attic/metal").takes(10, 15).grace(60);
        sites.guest("attic/app", "attic/metal")
                .needs("attic/names")
                .takes(40, 60)
                .grace(300);
        sites.guest("attic/batch", "attic/metal").takes(40, 60).grace(120);
        return sites;
    }

    private static NativeOrder order(FakeContracts sites) {
        Contracts contracts = sites.build();
        return NativeOrder.of(
                (Node) Optional.ofNullable(contracts.assets().get(AssetId.parse("attic/metal")))
                        .orElseThrow(),
                contracts);
    }

    @Test
    void rendersTheRelationsInTheNodesOwnWords() {
        assertThat(order(attic()).guests())
                .extracting(one -> one.guest().id().name() + " " + one.startup())
                .containsExactly("batch order=1,down=120", "names order=1,up=15,down=60", "app order=2,down=300");
    }

    @Test
    void waitsForStorageThatBootsSlowerThanTheNodeAndNoLongerThanItCan() {
        assertThat(order(attic()).waits()).isEqualTo(Duration.ofMinutes(5));

        FakeContracts quick = new FakeContracts();
        quick.nas("attic/store").takes(60, 150);
        quick.node("attic/metal").mounts("attic/store").takes(45, 90);
        assertThat(order(quick).waits()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void takesTheLongestGraceOfEveryOrderAndThePowerOff() {
        assertThat(order(attic()).takes()).isEqualTo(Duration.ofSeconds(300 + 120 + 45));
    }

    @Test
    void namesWhatCrossesNodes() {
        FakeContracts sites = attic();
        sites.node("attic/other");
        sites.guest("attic/base", "attic/other");
        sites.guest("attic/far", "attic/metal").needs("attic/base");

        assertThat(order(sites).unheeded())
                .containsExactly(
                        "attic/far needs attic/base, which is not on attic/metal: the node does not wait for it");
    }

    @Test
    void takesAnyNumbersThatKeepTheOrderForRight() {
        assertThat(order(attic())
                        .amiss(Map.of(
                                NAMES,
                                new NativeOrder.Found(true, "order=10,up=5"),
                                APP,
                                new NativeOrder.Found(true, "20"))))
                .isEmpty();
    }

    @Test
    void tellsWhatStartsBesideOrBeforeWhatItNeeds() {
        NativeOrder order = order(attic());

        assertThat(order.amiss(Map.of(
                        NAMES, new NativeOrder.Found(true, "up=30"),
                        APP, new NativeOrder.Found(true, "order=1"))))
                .containsExactly("attic/app (order=1) does not start after attic/names (up=30), which it needs");
        assertThat(order.amiss(Map.of(
                        NAMES, new NativeOrder.Found(true, ""),
                        APP, new NativeOrder.Found(true, ""))))
                .hasSize(1);
    }

    @Test
    void asksForNoPlaceOfWhatTheNodeDoesNotStart() {
        assertThat(order(attic())
                        .amiss(Map.of(
                                NAMES, new NativeOrder.Found(false, ""), APP, new NativeOrder.Found(true, "order=1"))))
                .isEmpty();
    }
}
