package io.ridethrough.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.lab.RealClients.Said;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.LabHost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulated hosts as OpenSSH's own client meets them. */
class LabHostsTest {
    private static final String PVE = "10.9.8.2";
    private static final String NAS = "10.9.8.3";
    private static final String APPS = "10.9.8.10";

    private LabWorld world;
    private RealClients client;

    @BeforeEach
    void start(@TempDir Path state) {
        world = LabWorld.start(Attic.contracts(), new LabOptions(20, state));
        client = new RealClients(world.wiring());
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Said pve(String line) {
        return client.ssh("root", PVE, line);
    }

    @Test
    void listsGuestsInTheRealColumns() {
        assertThat(pve("qm list")).isEqualTo(new Said(0, """
                              VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID      \s
                               101 apps                 running    2048              32.00 4101     \s
                               900 template-debian      stopped    2048              32.00 0        \s
                        """, ""));
        assertThat(pve("pct list").out()).isEqualTo("""
                        VMID       Status     Lock         Name               \s
                        102        running                 dns                \s
                        """);
    }

    @Test
    void tellsTheOtherKindAndAnUnknownGuestAlike() {
        assertThat(pve("qm status 101")).isEqualTo(new Said(0, "status: running\n", ""));
        Said wrongKind = pve("qm status 102");
        assertThat(wrongKind.exit()).isEqualTo(2);
        assertThat(wrongKind.err()).isEqualTo("Configuration file 'nodes/pve/qemu-server/102.conf' does not exist\n");
        Said unknown = pve("pct 'shutdown' 777 --timeout 5");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).isEqualTo("Configuration file 'nodes/pve/lxc/777.conf' does not exist\n");
    }

    @Test
    void shutsGuestsDownAndStartsThemWithTheRealExitCodes() {
        assertThat(pve("timeout -k 5 65 qm shutdown 101 --timeout 60").exit()).isZero();
        assertThat(pve("qm status 101").out()).isEqualTo("status: stopped\n");
        assertThat(pve("qm shutdown 101 --timeout 60").exit()).isZero();
        assertThat(pve("pct shutdown 102 --timeout 60").exit()).isZero();
        Said again = pve("pct shutdown 102 --timeout 60; echo \"rc=$?\"");
        assertThat(again).isEqualTo(new Said(0, "rc=255\n", "CT 102 not running\n"));
        assertThat(pve("qm start 101; qm start 101; qm agent 101 ping"))
                .isEqualTo(new Said(255, "", "VM 101 already running\nQEMU guest agent is not running\n"));
        await(() -> pve("qm agent 101 ping").exit() == 0);
        assertThat(pve("pct start 102").exit()).isZero();
        await(() -> pve("pct exec 102 -- true").exit() == 0);
        assertThat(RealClients.log(world, Attic.NODE))
                .containsSubsequence("qm shutdown 101 begin", "qm shutdown 101 end", "pct shutdown 102 begin");
    }

    @Test
    void aHungGuestIgnoresShutdownUntilItIsStopped() {
        world.fault(Attic.VM, new Fault.Hang());
        Said late = pve("qm shutdown 101 --timeout 10");
        assertThat(late).isEqualTo(new Said(255, "", "VM quit/powerdown failed - got timeout\n"));
        assertThat(pve("qm status 101").out()).isEqualTo("status: running\n");
        assertThat(pve("qm stop 101 --overrule-shutdown 1").exit()).isZero();
        assertThat(pve("qm status 101").out()).isEqualTo("status: stopped\n");
        assertThat(RealClients.log(world, Attic.NODE)).contains("qm shutdown 101 timeout", "qm stop 101 end");
    }

    @Test
    void aStopBehindARunningShutdownWaitsForTheLockUnlessItOverrules() {
        world.fault(Attic.VM, new Fault.Hang());
        CompletableFuture<Said> graceful = client.sshLater("root", PVE, "qm shutdown 101 --timeout 600");
        await(() -> RealClients.log(world, Attic.NODE).anyMatch("qm shutdown 101 begin"::equals));
        Said locked = pve("qm stop 101");
        assertThat(locked.exit()).isEqualTo(255);
        assertThat(locked.err()).contains("can't lock file", "got timeout");
        assertThat(pve("qm stop 101 --overrule-shutdown 1").exit()).isZero();
        assertThat(graceful.join().exit()).isEqualTo(255);
    }

    @Test
    void aRemoteTimeoutEndsWhatGoesOnTooLong() {
        world.fault(Attic.VM, new Fault.Slow(50));
        assertThat(pve("timeout -k 5 4 qm shutdown 101 --timeout 60").exit()).isEqualTo(124);
    }

    @Test
    void aNodePowersOffDetachedThenRefusesAndIsWokenWithANewBootId() {
        Said before = pve("cat /proc/sys/kernel/random/boot_id");
        pve("qm shutdown 101");
        pve("pct shutdown 102");
        assertThat(pve("systemd-run --quiet --on-active=2 systemctl poweroff")).isEqualTo(new Said(0, "", ""));
        await(() -> world.power(Attic.NODE) == LabHost.State.OFF);
        Said off = pve("true");
        assertThat(off.exit()).isEqualTo(255);
        assertThat(off.err()).contains("Connection refused");
        assertThat(world.violations()).isEmpty();

        client.wake(Attic.WAKE, "02:00:00:00:00:99");
        client.wake(Attic.WAKE, Attic.MAC);
        await(() -> world.isUp(Attic.NODE));
        Said after = pve("cat /proc/sys/kernel/random/boot_id");
        assertThat(after.exit()).isZero();
        assertThat(after.out()).isNotEqualTo(before.out()).hasSize(37);
        assertThat(pve("pct status 102").out()).isEqualTo("status: running\n");
        assertThat(pve("qm status 101").out()).isEqualTo("status: stopped\n");
        assertThat(RealClients.log(world, Attic.NODE))
                .containsSubsequence(
                        "poweroff poweroff - begin",
                        "poweroff poweroff - end",
                        "wake boot " + Attic.MAC + " call",
                        "boot boot - end",
                        "pct onboot 102 call");
    }

    @Test
    void aNodeThatGoesDownUnderRunningGuestsIsAViolation() {
        assertThat(pve("nohup sh -c 'sleep 2; poweroff' >/dev/null 2>&1 &").exit())
                .isZero();
        await(() -> world.power(Attic.NODE) == LabHost.State.OFF);
        assertThat(RealClients.log(world, Attic.NODE))
                .containsSubsequence("qm still-running 101 violation", "poweroff poweroff - end");
        assertThat(world.violations()).hasSize(2);
        assertThat(world.isRunning(Attic.VM)).isFalse();
        assertThat(world.takenDown().keySet())
                .as("told by anybody; what the node did to its guests was its own doing")
                .containsExactly(Attic.NODE + " poweroff poweroff -");
    }

    @Test
    void aNasNeedsRootAndTheFullPathToPowerOff() {
        assertThat(client.ssh("admin", NAS, "sudo -n synopoweroff").exit()).isEqualTo(127);
        assertThat(client.ssh("admin", NAS, "/usr/syno/sbin/synopoweroff").exit())
                .isEqualTo(1);
        assertThat(client.ssh("admin", NAS, "showmount -e").out()).contains("/volume1/pve");
        assertThat(client.ssh("admin", NAS, "sudo -n /usr/syno/sbin/synopoweroff")
                        .exit())
                .isZero();
        await(() -> world.power(Attic.NAS) == LabHost.State.OFF);
        assertThat(RealClients.log(world, Attic.NAS)).contains("nfs still-mounted attic/pve violation");
        assertThat(pve("timeout -k 5 5 stat -f /mnt/nas").exit()).isEqualTo(124);
        client.wake(Attic.WAKE, Attic.NAS_MAC);
        await(() -> world.isUp(Attic.NAS));
        assertThat(pve("timeout -k 5 5 stat -f /mnt/nas").exit()).isZero();
    }

    @Test
    void aStackIsStoppedListedAndBroughtUp() {
        String compose = "sudo -n docker compose -p web --project-directory '/opt/web' ";
        assertThat(client.ssh("ops", APPS, compose + "ps -a --format json")
                        .out()
                        .lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"State\":\"running\""));
        assertThat(client.ssh("ops", APPS, compose + "stop -t 30").exit()).isZero();
        assertThat(client.ssh("ops", APPS, compose + "ps --format json").out()).isEmpty();
        assertThat(client.ssh("ops", APPS, compose + "ps -a --format json").out())
                .contains("\"State\":\"exited\"");
        assertThat(world.isUp(Attic.STACK)).isFalse();
        assertThat(client.ssh("ops", APPS, compose + "up -d --wait").exit()).isZero();
        assertThat(world.isUp(Attic.STACK)).isTrue();
        assertThat(client.ssh("ops", APPS, "docker compose -p other ps").exit()).isEqualTo(14);
    }

    @Test
    void answersWhatPrechecksAsk() {
        assertThat(pve("pvesh get /nodes/pve/status --output-format json").out())
                .contains("\"pveversion\":\"pve-manager/9.1.2/lab\"");
        assertThat(pve("pvesh get /version --output-format json").out()).contains("\"version\":\"9.1.2\"");
        assertThat(pve("pvesh get /nodes/other/status --output-format json").exit())
                .isEqualTo(2);
        assertThat(client.ssh("ops", APPS, "tailscale status --json").out())
                .contains("\"DNSName\":\"router-attic.lab.ts.net.\"", "\"PrimaryRoutes\":[\"10.9.8.0/24\"]");
        assertThat(pve("qm config 101").out()).contains("agent: 1\n", "onboot: 0\n");
        assertThat(client.ssh("ops", APPS, "qm list").exit()).isEqualTo(127);
        assertThat(client.ssh("ops", APPS, "timeout -k 5 10 dig +short nas.attic")
                        .exit())
                .isZero();
        pve("pct shutdown 102");
        assertThat(client.ssh("ops", APPS, "dig +short nas.attic").exit()).isEqualTo(1);
    }

    @Test
    void aStrangerIsNotLetIn() {
        assertThat(client.ssh("guest", PVE, "true").err()).contains("Permission denied");
    }

    @Test
    void aHostMadeToRefuseRefusesUntilHealed() {
        world.fault(Attic.NODE, new Fault.Refuse());
        assertThat(pve("true").err()).contains("Connection refused");
        world.heal(Attic.NODE);
        assertThat(pve("uptime").exit()).isZero();
    }

    static void await(BooleanSupplier promise) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (!promise.getAsBoolean()) {
            assertThat(Instant.now()).as("the promise is kept in time").isBefore(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
