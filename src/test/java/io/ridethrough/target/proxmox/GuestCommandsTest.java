package io.ridethrough.target.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Guest.Form;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.RemoteCommand.Lane;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuestCommandsTest {
    private static final Duration LIMIT = Duration.ofSeconds(75);
    private final GuestCommands vm = new GuestCommands(Form.VM, 105, false);
    private final GuestCommands container = new GuestCommands(Form.CONTAINER, 101, true);

    @Test
    void aShutdownAlwaysNamesItsTimeInWholeSecondsAndAtLeastOne() {
        assertThat(vm.shutdown(Duration.ofSeconds(60), LIMIT).arguments())
                .containsExactly("qm", "shutdown", "105", "--timeout", "60");
        assertThat(vm.shutdown(Duration.ofMillis(1500), LIMIT).arguments()).endsWith("--timeout", "2");
        assertThat(vm.shutdown(Duration.ofSeconds(-3), LIMIT).arguments()).endsWith("--timeout", "1");
    }

    @Test
    void aForcedStopGoesItsOwnLaneAndEndsARunningShutdownWhereTheVersionKnowsHow() {
        RemoteCommand stop = vm.stop("8.2.4", LIMIT);

        assertThat(stop.arguments()).containsExactly("qm", "stop", "105", "--overrule-shutdown", "1");
        assertThat(stop.lane()).isEqualTo(Lane.FORCED);
        assertThat(vm.stop("pve-manager/9.1.2", LIMIT).arguments()).contains("--overrule-shutdown");
        assertThat(vm.stop("7.4", LIMIT).arguments()).containsExactly("qm", "stop", "105");
        assertThat(vm.stop("", LIMIT).arguments()).containsExactly("qm", "stop", "105");
    }

    @Test
    void eachKindHasItsOwnToolAndItsOwnSignOfLife() {
        assertThat(vm.respond().arguments()).containsExactly("qm", "agent", "105", "ping");
        assertThat(container.respond().arguments()).containsExactly("sudo", "-n", "pct", "exec", "101", "--", "true");
        assertThat(container.asOtherForm().status().arguments()).containsExactly("sudo", "-n", "qm", "status", "101");
    }
}
