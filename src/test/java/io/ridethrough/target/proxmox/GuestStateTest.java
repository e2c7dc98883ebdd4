package io.ridethrough.target.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.CommandResult.Exited;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fixtures by protocols 1.6. */
class GuestStateTest {
    @ParameterizedTest
    @ValueSource(strings = {"running", "paused", "prelaunch", "io-error", "suspended", "shutdown"})
    void onlyTheWordStoppedIsStopped(String word) {
        assertThat(GuestState.read(new Exited(0, "status: " + word + "\n", "")))
                .isInstanceOfSatisfying(
                        GuestState.At.class, at -> assertThat(at.stopped()).isFalse());
        assertThat(GuestState.read(new Exited(0, "status: stopped\n", "")))
                .isInstanceOfSatisfying(
                        GuestState.At.class, at -> assertThat(at.stopped()).isTrue());
    }

    @Test
    void aMissingConfigurationMeansNoGuestOfThatKind() {
        assertThat(GuestState.read(
                        new Exited(2, "", "Configuration file 'nodes/pve/qemu-server/105.conf' does not exist\n")))
                .isInstanceOf(GuestState.NoSuch.class);
    }

    @Test
    void emptinessAndErrorsAreNeverAState() {
        assertThat(GuestState.read(new Exited(0, "", ""))).isInstanceOf(GuestState.Unreadable.class);
        assertThat(GuestState.read(new Exited(0, "stopped\n", ""))).isInstanceOf(GuestState.Unreadable.class);
        assertThat(GuestState.read(new Exited(255, "status: stopped\n", "got timeout")))
                .isInstanceOf(GuestState.Unreadable.class);
        assertThat(GuestState.read(new CommandResult.Lost("gone"))).isInstanceOf(GuestState.Unreadable.class);
        assertThat(GuestState.read(new CommandResult.TimedOut("status: stopped\n", "")))
                .isInstanceOf(GuestState.Unreadable.class);
    }
}
