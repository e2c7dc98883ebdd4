package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The matrix of what a UPS says, what happens to the path to it, and how the messages arrive: R1 to R7, 96 cells. What a
 * cell calls for stands in {@code power/matrix.csv}: the second after the first word, and why.
 */
class PowerMatrixTest {
    private static final String MATRIX = "/power/matrix.csv";
    private static final int FIRST_WORD = 100;
    private static final int MAINS_BACK = FIRST_WORD + 200;
    /** Charge is unknown here, so that the return hold of 300 s is doubled. */
    private static final int UP_AGAIN = MAINS_BACK + 600;

    @ParameterizedTest(name = "{0}, path {1}, {2}: {3} ({4})")
    @CsvFileSource(resources = MATRIX, numLinesToSkip = 1)
    void callsForWhatTheMatrixSays(String status, String path, String delivery, String begins, String why) {
        told(status, path, begins, why, played(FakePower.onChange(), status, path, delivery));
    }

    /** R8: an asset that needs both its feeds is as badly off as one with a single feed. */
    @ParameterizedTest(name = "one of two feeds, both needed: {0}, path {1}, {2}: {3}")
    @CsvFileSource(resources = MATRIX, numLinesToSkip = 1)
    void callsForTheSameWhereBothFeedsAreNeeded(
            String status, String path, String delivery, String begins, String why) {
        FakePower power = FakePower.dual(2).says(FakePower.B, "OL");

        told(status, path, begins, why, played(power, status, path, delivery));
    }

    /** R8: whatever one of two UPSes says, the other carries an asset that needs one. */
    @ParameterizedTest(name = "one of two feeds, one needed: {0}, path {1}, {2}")
    @CsvFileSource(resources = MATRIX, numLinesToSkip = 1)
    void callsForNothingWhileAnotherFeedCarriesIt(String status, String path, String delivery) {
        FakePower power = FakePower.dual(1).says(FakePower.B, "OL");

        assertThat(played(power, status, path, delivery).begun()).isEmpty();
    }

    private static void told(String status, String path, String begins, String why, FakePower power) {
        if (begins.equals("-")) {
            assertThat(power.begun()).as(why).isEmpty();
            boolean nothingToTell = status.equals("OL") && path.equals("ok");
            assertThat(power.alarms().isEmpty()).as("somebody is told").isEqualTo(nothingToTell);
        } else {
            String[] expected = begins.split(" ", -1);
            long at = FIRST_WORD + Long.parseLong(expected[0]);
            assertThat(power.begunHow())
                    .as(why)
                    .containsExactly(at + " BeginShutdown " + expected[1], UP_AGAIN + " BeginStartup");
        }
    }

    /** R2: what upsd's latch says after an outage never calls for anything, and neither does what nobody understands. */
    @ParameterizedTest
    @ValueSource(
            strings = {"FSD OL", "FSD OL CHRG LB", "OL LB", "OL DISCHRG", "OL CAL LB", "WAIT", "", "OL OB", "TEST OL"})
    void callsForNothingOnMainsHoweverItArrives(String status) {
        for (String path : List.of("ok", "lost-briefly", "lost")) {
            for (String delivery : List.of("single", "duplicate", "reordered", "retained")) {
                assertThat(played(FakePower.onChange(), status, path, delivery).begun())
                        .as(path + ", " + delivery)
                        .isEmpty();
            }
        }
    }

    /** R3: who lost sight of a UPS in a calibration, and hears of an outage from another, has two signs. */
    @ParameterizedTest
    @ValueSource(strings = {"OL", "OB CAL", "OFF", "OL BYPASS", "FSD OL", "OL LB"})
    void countsAUpsThatWasLostWhateverItSaidAsOutOnceAnotherIsOnBattery(String status) {
        FakePower power = FakePower.dual(1).says(FakePower.A, status).says(FakePower.B, "OL");

        power.until(5).lost(FakePower.A).until(100);
        assertThat(power.begun()).isEmpty();

        assertThat(power.says(FakePower.B, "OB").until(400).begunHow()).containsExactly("170 BeginShutdown HOLD_OVER");
    }

    @Test
    void hasEveryCellOnce() throws Exception {
        try (InputStream matrix = Objects.requireNonNull(PowerMatrixTest.class.getResourceAsStream(MATRIX))) {
            List<String> cells = new String(matrix.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> String.join(",", List.of(line.split(",", -1)).subList(0, 3)))
                    .toList();
            assertThat(cells).hasSize(8 * 3 * 4).doesNotHaveDuplicates();
        }
    }

    private static FakePower played(FakePower power, String status, String path, String delivery) {
        if (!delivery.equals("retained")) {
            power.says("OL");
        }
        power.until(FIRST_WORD);
        switch (delivery) {
            case "single" -> power.says(status);
            case "duplicate" -> power.says(status).until(FIRST_WORD + 4).kept(status);
            case "reordered" ->
                power.says(status)
                        .until(FIRST_WORD + 1)
                        .says("OL")
                        .until(FIRST_WORD + 3)
                        .says(status);
            case "retained" -> power.kept(status);
            default -> throw new IllegalArgumentException(delivery);
        }
        if (!path.equals("ok")) {
            power.until(FIRST_WORD + 5).lost(FakePower.A);
        }
        if (path.equals("lost-briefly")) {
            power.until(FIRST_WORD + 15).says(status);
        }
        return power.until(MAINS_BACK).says("OL").until(UP_AGAIN + 600);
    }
}
