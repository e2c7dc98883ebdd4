package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusSetTest {
    @ParameterizedTest
    @CsvSource({
        // as recorded from 718 devices (protocols 6)
        "OL, ON_MAINS",
        "OL CHRG, ON_MAINS",
        "ALARM OL, ON_MAINS",
        "OL DISCHRG, ON_MAINS",
        "OL TRIM, ON_MAINS",
        "OL RB HB NEWER-WORD, ON_MAINS",
        "OB, ON_BATTERY",
        "OB DISCHRG, ON_BATTERY",
        "DISCHRG OB, ON_BATTERY",
        "OB LB, LOW_ON_BATTERY",
        "LB DISCHRG OB, LOW_ON_BATTERY",
        "OL LB, LOW_ON_MAINS",
        "LB OL CHRG, LOW_ON_MAINS",
        "FSD OL, FORCED_ON_MAINS",
        "FSD OL LB, FORCED_ON_MAINS",
        "FSD OB, FORCED_ON_BATTERY",
        "FSD OB LB, FORCED_ON_BATTERY",
        "'', UNCLEAR",
        "OL OB, UNCLEAR",
        "OL OB LB, UNCLEAR",
        "WAIT, UNCLEAR",
        "OL WAIT, UNCLEAR",
        "LB, UNCLEAR",
        "FSD, UNCLEAR",
        "OL OFF, UNCLEAR",
        "OL BYPASS, UNCLEAR",
        "OB CAL, UNCLEAR",
        "OB CAL LB, ON_BATTERY",
        "OL CAL, ON_MAINS",
        "ONLINE, UNCLEAR"
    })
    void hasOneMeaning(String text, StatusSet.Meaning meaning) {
        assertThat(StatusSet.of(text).meaning()).isEqualTo(meaning);
    }

    @Test
    void keepsUnknownTokensAndForgetsOrder() {
        assertThat(StatusSet.of("  OL   XYZZY\tCHRG ")).isEqualTo(StatusSet.of("CHRG OL XYZZY"));
        assertThat(StatusSet.of("OL XYZZY").has("XYZZY")).isTrue();
        assertThat(StatusSet.of("")).hasToString("(empty)");
    }
}
