package io.ridethrough.target.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.target.ssh.CommandResult.Exited;
import org.junit.jupiter.api.Test;

/** Fixtures by protocols 9. */
class ComposeStatesTest {
    private static final String WEB =
            "{\"Service\":\"web\",\"State\":\"running\",\"Health\":\"healthy\",\"ExitCode\":0}";
    private static final String INIT = "{\"Service\":\"init\",\"State\":\"exited\",\"Health\":\"\",\"ExitCode\":0}";

    @Test
    void readsBothFormsAlike() {
        ComposeStates lines = read(WEB + "\n" + INIT + "\n");

        assertThat(lines).isEqualTo(read("[" + WEB + "," + INIT + "]"));
        assertThat(told(lines).containers()).hasSize(2);
    }

    @Test
    void aOneShotThatEndedWellIsFine() {
        assertThat(told(read(WEB + "\n" + INIT)).unwell()).isEmpty();
    }

    @Test
    void restartingUnhealthyStartingAndFailedAreNotWell() {
        ComposeStates states = read("""
                {"Service":"a","State":"restarting","Health":"","ExitCode":1}
                {"Service":"b","State":"running","Health":"unhealthy","ExitCode":0}
                {"Service":"c","State":"running","Health":"starting","ExitCode":0}
                {"Service":"d","State":"exited","Health":"","ExitCode":137}
                {"Service":"e","State":"dead","ExitCode":0,"Publishers":null}
                """);

        assertThat(told(states).unwell())
                .containsExactly(
                        "a restarting", "b running unhealthy", "c running starting", "d exited(137)", "e dead");
        assertThat(told(states).alive()).containsExactly("a restarting", "b running unhealthy", "c running starting");
    }

    @Test
    void anUnreachableDaemonIsNotAStoppedStack() {
        assertThat(ComposeStates.read(new Exited(1, "", "Cannot connect to the Docker daemon at unix:///var/run/...")))
                .isInstanceOfSatisfying(
                        ComposeStates.Unreadable.class, u -> assertThat(u.why()).contains("Cannot connect"));
        assertThat(ComposeStates.read(new Exited(0, "CONTAINER ID   IMAGE\n", "")))
                .isInstanceOf(ComposeStates.Unreadable.class);
    }

    private static ComposeStates read(String out) {
        return ComposeStates.read(new Exited(0, out, ""));
    }

    private static ComposeStates.Told told(ComposeStates states) {
        return (ComposeStates.Told) states;
    }
}
