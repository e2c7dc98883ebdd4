package io.ridethrough.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.contract.FakeContracts;
import org.junit.jupiter.api.Test;

/** A run that begins at a later phase of its mode (R33), as people ask for it. */
class RequestTest {
    @Test
    void beginsAtThePhaseThatIsAskedForAndSaysWhatIsLeftOut() throws JsonProcessingException {
        Intent full = accepted("'mode':'full','from-phase':'shutdown','reason':'prechecked by hand'");
        assertThat(full.phases()).containsExactly(Phase.SHUTDOWN);
        assertThat(full.boundary()).isTrue();
        assertThat(full.reason()).isEqualTo("prechecked by hand (begins at shutdown; left out: precheck)");

        Intent resume = accepted("'mode':'resume','window':'w','from-phase':'recovery','reason':'all is up'");
        assertThat(resume.phases()).containsExactly(Phase.RECOVERY, Phase.VERIFY);
    }

    @Test
    void changesNothingWhereThatIsTheFirstPhase() throws JsonProcessingException {
        Intent full = accepted("'mode':'full','from-phase':'precheck','reason':'why'");

        assertThat(full.phases()).containsExactly(Phase.PRECHECK, Phase.SHUTDOWN);
        assertThat(full.reason()).isEqualTo("why");
    }

    @Test
    void refusesAPhaseThatTheModeDoesNotHaveAndPhasesLeftOutWithoutAReason() throws JsonProcessingException {
        assertThat(refused("'mode':'full','from-phase':'verify'")).contains("is one of precheck, shutdown, not");
        assertThat(refused("'mode':'full','from-phase':'shutdown','execute':true,'confirm':'attic'"))
                .contains("say the \"reason\"");
    }

    private static Intent accepted(String rest) throws JsonProcessingException {
        return ((Request.Accepted) read(rest)).intent();
    }

    private static String refused(String rest) throws JsonProcessingException {
        return String.join("; ", ((Request.Rejected) read(rest)).errors());
    }

    private static Request read(String rest) throws JsonProcessingException {
        String json = ("{'scope':'attic'," + rest + "}").replace('\'', '"');
        return Request.read(new ObjectMapper().readTree(json), FakeContracts.attic(), "test");
    }
}
