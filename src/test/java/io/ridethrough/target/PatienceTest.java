package io.ridethrough.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatienceTest {
    private static final Duration LEAST = Patience.at(20).least();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 700, 15_000, 600_000})
    void inServiceALimitIsWhatItSays(int millis) {
        Duration limit = Duration.ofMillis(millis);

        assertThat(Patience.at(1).onTheWall(limit)).isEqualTo(limit);
        assertThat(Patience.at(1).ofTargets(limit)).isEqualTo(limit);
    }

    @Test
    void inAFasterLabALongLimitIsItsPartAndAShortOneIsWhatAMachineNeeds() {
        assertThat(Patience.at(20).onTheWall(Duration.ofMinutes(10))).isEqualTo(Duration.ofSeconds(30));
        assertThat(Patience.at(20).onTheWall(Duration.ofSeconds(15))).isEqualTo(LEAST);
        assertThat(Patience.at(20).ofTargets(Duration.ofSeconds(15))).isEqualTo(LEAST.multipliedBy(20));
    }

    /** Whoever gave up waiting for the answer first would not know that nothing was sent. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 5, 20, 400})
    void aConnectionThatDoesNotComeToStandIsKnownBeforeItsAnswerIsGivenUp(double speed) {
        assertThat(Patience.toConnectAt(speed).onTheWall(Duration.ofSeconds(5)))
                .isLessThan(Patience.at(speed).onTheWall(Duration.ofSeconds(15)));
    }
}
