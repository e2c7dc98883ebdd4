package io.ridethrough.target.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.target.ssh.CommandResult.Exited;
import java.util.List;
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

    /** A restart loop runs too, in between; docker calls a container well started after ten seconds. */
    @Test
    void whatRunsForLessThanTenSecondsWithoutACheckHasOnlyJustStarted() {
        ComposeStates states = read("""
                {"Service":"a","State":"running","Health":"","Status":"Up Less than a second","ExitCode":0}
                {"Service":"b","State":"running","Health":"","Status":"Up 1 second","ExitCode":0}
                {"Service":"c","State":"running","Health":"","Status":"Up 9 seconds","ExitCode":0}
                {"Service":"d","State":"running","Health":"","Status":"Up 10 seconds","ExitCode":0}
                {"Service":"e","State":"running","Health":"","Status":"Up 2 hours","ExitCode":0}
                {"Service":"f","State":"running","Health":"healthy","Status":"Up 6 seconds (healthy)","ExitCode":0}
                {"Service":"g","State":"running","Health":"","ExitCode":0}
                """);

        assertThat(told(states).justStarted()).containsExactly("a running", "b running", "c running");
        assertThat(told(states).unwell()).isEmpty();
    }

    @Test
    void isOnItsWayWhileSomethingStartsAndNothingElseIsAmiss() {
        String starting = "{\"Service\":\"db\",\"State\":\"running\",\"Health\":\"starting\",\"ExitCode\":0}";

        assertThat(told(read(starting + "\n" + INIT)).isOnItsWay()).isTrue();
        for (String amiss : List.of("restarting", "created", "dead", "removing", "paused")) {
            assertThat(told(read(starting + "\n{\"Service\":\"x\",\"State\":\"" + amiss + "\",\"ExitCode\":0}"))
                            .isOnItsWay())
                    .as(amiss)
                    .isFalse();
        }
        assertThat(told(read(starting + "\n" + INIT.replace(":0}", ":1}"))).isOnItsWay())
                .isFalse();
        assertThat(told(read(starting.replace("starting", "unhealthy"))).isOnItsWay())
                .isFalse();
        assertThat(told(read(INIT)).isOnItsWay()).isFalse();
        assertThat(told(read("")).isOnItsWay()).isFalse();
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
