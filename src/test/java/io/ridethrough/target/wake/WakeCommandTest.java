package io.ridethrough.target.wake;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.target.ssh.CommandResult.Exited;
import io.ridethrough.target.way.Told;
import org.junit.jupiter.api.Test;

class WakeCommandTest {
    /** dash says 127, bash says 1 and nothing. */
    @Test
    void onlyAShellThatFindsNoProgramSaysThatItIsNotInstalled() {
        assertThat(WakeCommand.told(new Exited(0, "/usr/bin/wakeonlan\n", ""))).isInstanceOf(Told.Done.class);
        for (Exited none : new Exited[] {new Exited(127, "", ""), new Exited(1, "", "")}) {
            assertThat(WakeCommand.told(none)).isInstanceOfSatisfying(Told.Declined.class, no -> assertThat(no.words())
                    .contains("wakeonlan is not installed"));
        }
        for (Exited other : new Exited[] {
            new Exited(1, "", "This account is currently not available."), new Exited(126, "", "no shell for you")
        }) {
            assertThat(WakeCommand.told(other)).isInstanceOfSatisfying(Told.Declined.class, no -> assertThat(no.words())
                    .contains(other.err())
                    .doesNotContain("not installed"));
        }
    }
}
