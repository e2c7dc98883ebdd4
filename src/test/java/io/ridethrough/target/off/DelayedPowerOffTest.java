package io.ridethrough.target.off;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.realparts.OpenSsh;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.ssh.RemoteCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** R30: a real OpenSSH server and shell keep what they were told after the session is gone. Its power-off is a script. */
@Timeout(60)
class DelayedPowerOffTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private OpenSsh host;

    @BeforeEach
    void start(@TempDir Path folder) {
        host = OpenSsh.start(folder.resolve("unit"));
        // Never the machine's own: this one only takes the word.
        for (String program : List.of("poweroff", "systemctl", "systemd-run", "shutdown")) {
            host.command(program, "echo " + program + " $* >> \"$EVENTS\"");
        }
    }

    @AfterEach
    void stop() throws Exception {
        run(DelayedPowerOff.wakeAndEnd(false, LIMIT));
        host.close();
    }

    @Test
    void aUnitWithoutTimersGoesOffByItselfAfterTheSessionHasEnded() throws Exception {
        assertThat(run(DelayedPowerOff.ofPlainUnit(Duration.ofSeconds(2), false, LIMIT)))
                .isZero();

        assertThat(run(DelayedPowerOff.isAsleep(LIMIT))).isZero();
        assertThat(host.events()).isEmpty();
        Until.holds(() -> !host.events().isEmpty());
        assertThat(host.events()).containsExactly("poweroff");
        assertThat(run(DelayedPowerOff.isAsleep(LIMIT))).isNotZero();
    }

    @Test
    void aSecondTellingIsRefusedUntilTheFirstIsCalledBack() throws Exception {
        Duration later = Duration.ofSeconds(3);
        assertThat(run(DelayedPowerOff.ofPlainUnit(later, false, LIMIT))).isZero();

        assertThat(run(DelayedPowerOff.ofPlainUnit(later, false, LIMIT))).isEqualTo(17);
        assertThat(run(DelayedPowerOff.wakeAndEnd(false, LIMIT))).isZero();
        assertThat(run(DelayedPowerOff.isAsleep(LIMIT))).isNotZero();
        assertThat(run(DelayedPowerOff.ofPlainUnit(Duration.ofSeconds(5), false, LIMIT)))
                .isZero();
        assertThat(run(DelayedPowerOff.wakeAndEnd(false, LIMIT))).isZero();
        assertThat(host.events()).isEmpty();
    }

    @Test
    void aNodeGetsATimerOfItsInitSystemThatIsExactToASecond() throws Exception {
        assertThat(run(DelayedPowerOff.ofNode(Duration.ofMillis(14_200), false, LIMIT)))
                .isZero();

        assertThat(host.events())
                .containsExactly("systemd-run --collect --unit=ridethrough-off --on-active=15"
                        + " --timer-property=AccuracySec=1s systemctl poweroff");
    }

    private int run(RemoteCommand command) throws IOException, InterruptedException {
        Process ssh = new ProcessBuilder(
                        "ssh",
                        "-F",
                        "none",
                        "-i",
                        host.identity().toString(),
                        "-p",
                        Integer.toString(host.port()),
                        "-o",
                        "StrictHostKeyChecking=no",
                        "-o",
                        "UserKnownHostsFile=/dev/null",
                        "-o",
                        "BatchMode=yes",
                        "root@127.0.0.1",
                        command.line())
                .redirectErrorStream(true)
                .start();
        String said = new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).as("it ends with the session").doesNotContain("timeout");
        return ssh.waitFor();
    }
}
