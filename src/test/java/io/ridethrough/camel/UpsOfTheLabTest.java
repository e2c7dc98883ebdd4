package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Ups;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.target.LoginPauses;
import io.ridethrough.target.nut.NutAnswer;
import io.ridethrough.target.nut.NutClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A UPS of the lab by the product's own client of its NUT server: the faults that are set in the lab's world reach it. */
@Timeout(60)
class UpsOfTheLabTest {
    private static final AssetId ID = AssetId.parse("attic/ups1");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Contracts contracts = FakeContracts.atticWithNut("");

    @SuppressWarnings("NullAway.Init")
    private LabTargets targets;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        targets = new LabTargets(contracts, folder);
    }

    @AfterEach
    void stop() throws Exception {
        targets.close();
    }

    @Test
    void refusesWhileItIsGoneAndAnswersOnceItIsHealed() {
        fault(How.GONE);
        assertThat(variables()).isInstanceOfSatisfying(NutAnswer.Silent.class, silent -> assertThat(silent.why())
                .contains("refused"));

        targets.world.heal(ID);
        assertThat(variables()).isInstanceOf(NutAnswer.Variables.class);
    }

    @Test
    void answersLateByTheClockOfTheLab() {
        fault(How.LATE);
        long began = System.nanoTime();

        assertThat(variables()).isInstanceOf(NutAnswer.Variables.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("8 s in a world 20 times faster")
                .isGreaterThan(Duration.ofMillis(390));
    }

    @Test
    void saysOnceWhatIsNoAnswer() {
        fault(How.WRONG_ONCE);

        assertThat(variables()).isInstanceOf(NutAnswer.Silent.class);
        assertThat(variables()).isInstanceOf(NutAnswer.Variables.class);
    }

    private void fault(How how) {
        targets.world.fault(ID, new Fault.Interface(how));
    }

    private NutAnswer variables() {
        Ups.NutSource source = contracts.sites().values().stream()
                .flatMap(site -> site.power().upses().stream())
                .flatMap(ups -> ups.nut().stream())
                .findFirst()
                .orElseThrow();
        return new NutClient(
                        new NutClient.Reach(
                                targets.wiring, targets.secrets(), new LoginPauses(System::nanoTime, LabTargets.SPEED)),
                        source,
                        Optional.empty())
                .variables(PATIENCE);
    }
}
