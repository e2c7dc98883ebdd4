package io.ridethrough.target.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.target.ssh.CommandResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docker starts again with its host, by what {@code docker inspect} prints. */
class RestartPoliciesTest {
    @Test
    void tellsWhatRunsAndStaysDownFromWhatComesBackAndFromWhatIsDone() {
        assertThat(read("""
                        /wiki-app-1 running unless-stopped
                        /wiki-db-1 running always
                        /wiki-cron-1 paused on-failure
                        /wiki-mail-1 restarting no
                        /wiki-old-1 running\s
                        /wiki-migrate-1 exited no
                        """))
                .isEqualTo(new RestartPolicies.Told(
                        List.of("wiki-app-1 (unless-stopped)", "wiki-db-1 (always)"),
                        List.of("wiki-cron-1 (on-failure)", "wiki-mail-1 (no)", "wiki-old-1 (no)")));
    }

    @Test
    void saysNothingOfWhatItCannotRead() {
        assertThat(read("what\n")).isInstanceOf(RestartPolicies.Unreadable.class);
        assertThat(RestartPolicies.read(new CommandResult.Exited(1, "", "Error: No such object: 0123456789ab")))
                .isInstanceOf(RestartPolicies.Unreadable.class);
        assertThat(RestartPolicies.ids("0123456789ab\nWARNING: something\n")).isEmpty();
    }

    private static RestartPolicies read(String out) {
        return RestartPolicies.read(new CommandResult.Exited(0, out, ""));
    }
}
