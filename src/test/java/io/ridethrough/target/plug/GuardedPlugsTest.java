package io.ridethrough.target.plug;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is never done to a plug, whoever asks. */
class GuardedPlugsTest {
    private static final AssetId PLUG = AssetId.parse("attic/plug");
    private static final PlugAsk STATE = new PlugAsk.State();
    private static final PlugAsk ON = new PlugAsk.Switch(true, Duration.ofSeconds(20));
    private static final PlugAsk OFF = new PlugAsk.Switch(false, Duration.ofSeconds(20));

    private final List<PlugAsk> sent = new ArrayList<>();

    @Test
    void aPlugThatIsHeldOrFeedsWhatIsHeldIsLookedAtAndNotSwitched() {
        for (String held : List.of("attic/plug", "attic/pve2")) {
            sent.clear();
            Contracts contracts = FakeContracts.atticWithPlug("tasmota", "plug-pve2");

            assertThat(asked(contracts, held, ON)).isEqualTo(new Told.Declined("refused: " + held + " is held"));
            assertThat(asked(contracts, held, OFF)).isEqualTo(new Told.Declined("refused: " + held + " is held"));
            assertThat(asked(contracts, held, STATE)).isInstanceOf(Told.Done.class);
            assertThat(sent).containsExactly(STATE);
        }
    }

    @Test
    void powerIsNotTakenFromWhatWeLiveOn() {
        Contracts behind = FakeContracts.atticLivingBehindItsPlug();

        assertThat(asked(behind, "attic/pve1", OFF)).isEqualTo(new Told.Declined("refused: we live on attic/pve2"));
        assertThat(asked(behind, "attic/pve1", ON)).isInstanceOf(Told.Done.class);
        assertThat(sent).containsExactly(ON);
    }

    @Test
    void everythingElseIsSwitched() {
        assertThat(asked(FakeContracts.atticWithPlug("shelly-2", "attic/plug"), "attic/pve1", OFF))
                .isInstanceOf(Told.Done.class);
        assertThat(sent).containsExactly(OFF);
    }

    private Told asked(Contracts contracts, String held, PlugAsk ask) {
        return new GuardedPlugs(
                        (device, one) -> {
                            sent.add(one);
                            return CompletableFuture.completedFuture(new Told.Done("done"));
                        },
                        () -> contracts,
                        AssetId.parse(held)::equals)
                .ask(PLUG, ask)
                .toCompletableFuture()
                .join();
    }
}
