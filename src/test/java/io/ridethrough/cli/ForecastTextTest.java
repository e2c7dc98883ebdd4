package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class ForecastTextTest {
    @Test
    void readsAsWhatGoesWhenWhatIsLostAndWhatToShed() throws Exception {
        String text = ForecastText.render(new JsonMapper().readTree("""
                        {"site": "attic", "begins": 60, "ends": 420, "battery": 300,
                         "early": [{"group": "films", "at": 30, "guests": ["attic/films"]}],
                         "goes": [
                           {"asset": "attic/slow", "verb": "SHUT_DOWN", "begin": 60, "end": 360, "samples": 7},
                           {"asset": "attic/metal", "verb": "POWER_OFF", "begin": 360, "end": 420, "samples": 0}],
                         "lost": ["attic/slow", "attic/metal"],
                         "shed": [{"asset": "attic/slow", "saves": 270}]}"""));

        assertThat(text).isEqualTo("""
                        if power failed at attic now
                        0:30  shed films: attic/films
                        1:00  the shutdown begins
                        1:00  shut down attic/slow, done by 6:00 (measured 7 times)
                        6:00  power off attic/metal, done by 7:00 (as declared)
                        7:00  all is down
                        5:00  the battery is empty
                        would lose power before it is down: attic/slow, attic/metal
                        shed attic/slow: all is down 4:30 sooner
                        """);
    }
}
