package io.ridethrough.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.Fault.Interface.Surface;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No fault is set that changes nothing: a test with it would pass for nothing. */
@Timeout(60)
class FailingsTest {
    private static final Contracts PLUGGED = FakeContracts.atticWithPlug("tasmota", "plug-pve2");
    private static final AssetId PLUG = AssetId.parse("attic/plug");

    @Test
    void theLabRefusesAFaultThatNothingOfItHeeds(@TempDir Path folder) {
        try (LabWorld world = LabWorld.start(PLUGGED, new LabOptions(20, folder))) {
            assertThatThrownBy(() -> world.fault(PLUG, new Fault.Interface(How.NO_RIGHTS)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("attic/plug cannot fail in this way: Interface[how=NO_RIGHTS");
            world.fault(PLUG, new Fault.Interface(How.LATE));
        }
    }

    @Test
    void aPlugFailsAsWhatListensAtABroker() {
        assertThat(waysOf(PLUGGED, "attic/plug"))
                .containsExactly(How.GONE, How.SILENT, How.DROPS, How.LATE, How.WRONG_ONCE, How.PRETENDS);
        refused(PLUGGED, "attic/plug", new Fault.Hang(), new Fault.Refuse(), new Fault.Slow(2));
    }

    @Test
    void aUpsFailsInEveryWayWhereANutServerTellsOfItAndInNoneWhereOnlyABrokerDoes() {
        assertThat(waysOf(FakeContracts.atticWithNut(""), "attic/ups1")).containsExactly(How.values());
        assertThatThrownBy(() -> Failings.of(FakeContracts.attic(), AssetId.parse("attic/ups1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing of attic/ups1 can be made to fail");
    }

    @Test
    void anInterfaceFailsOnlyWhereItIsDeclaredAndOnlyOnItsOwnSurfaces() {
        assertThat(waysOf(FakeContracts.attic(), "attic/pve2")).isEmpty();
        assertThat(waysOf(FakeContracts.atticWithDsm(), "attic/nas"))
                .contains(How.NO_RIGHTS)
                .doesNotContain(How.FEWER_RIGHTS);
        refused(FakeContracts.atticWithHome(), "attic/web", new Fault.Interface(How.BROKEN, Surface.CLASSIC));
        refused(
                FakeContracts.atticWithUnifi("unifi-os"),
                "attic/gateway",
                new Fault.Interface(How.BROKEN, Surface.REST),
                new Fault.Interface(How.FEWER_RIGHTS, Surface.CLASSIC));
    }

    @Test
    void aMachineHangsRefusesAndIsSlowAndAnotherDeviceOnlyRefuses() {
        for (Fault each : List.of(new Fault.Hang(), new Fault.Refuse(), new Fault.Slow(2))) {
            Failings.of(PLUGGED, AssetId.parse("attic/pve2")).require(each);
            Failings.of(PLUGGED, AssetId.parse("attic/web")).require(each);
        }
        Failings.of(PLUGGED, AssetId.parse("attic/gateway")).require(new Fault.Refuse());
        refused(PLUGGED, "attic/gateway", new Fault.Hang(), new Fault.Slow(2));
    }

    @Test
    void whatIsNotDeclaredDoesNotFail() {
        assertThatThrownBy(() -> Failings.of(PLUGGED, AssetId.parse("attic/nobody")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Failings.of(PLUGGED, AssetId.parse("nowhere/plug")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<How> waysOf(Contracts contracts, String asset) {
        Failings of = Failings.of(contracts, AssetId.parse(asset));
        return Arrays.stream(How.values())
                .filter(how -> of.spoken().contains(new Fault.Interface(how)))
                .toList();
    }

    private static void refused(Contracts contracts, String asset, Fault... faults) {
        Failings of = Failings.of(contracts, AssetId.parse(asset));
        for (Fault each : faults) {
            assertThatThrownBy(() -> of.require(each)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
