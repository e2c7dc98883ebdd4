package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Sight;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.ssh.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Storages, pools and services of a node in its check, as the command line prints them (protocols 1.6). */
class NodeHealthTest {
    private static final String HEADER =
            "Name         Type     Status           Total            Used       Available        %\n";
    private static final String LOCAL =
            "local         dir     active        98497780        21000000        72400000   21.32%\n";
    private static final String ALL_ACTIVE = "active\nactive\nactive\nactive\nactive\n";

    private final Contracts contracts = FakeContracts.attic();
    private final VirtualTime time = new VirtualTime();
    private final FakeShell shell = new FakeShell();
    private final TargetHands hands = new TargetHands(NoInterfaces.tools(contracts, shell, time));

    @BeforeEach
    void everythingIsWell() {
        shell.prints("qm list", """
                              VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID
                               102 web                  running    4096              32.00 1234
                        """)
                .prints("pct list", """
                        VMID       Status     Lock         Name
                        101        running                 dns
                        """)
                .prints(
                        "pvesm status",
                        HEADER + LOCAL
                                + "old           nfs   disabled               0               0               0      N/A\n")
                .prints("zpool list", "rpool\tONLINE\ntank\tONLINE\n")
                .prints("systemctl is-active", ALL_ACTIVE);
    }

    @Test
    void aNodeWhosePartsAreAllWellIsAsItShouldBe() {
        assertThat(look()).isInstanceOfSatisfying(Sight.Desired.class, sight -> assertThat(sight.evidence())
                .contains("2 guests as declared", "2 storages, 2 pools, 5 services are well"));
        assertThat(shell.sent())
                .contains(
                        "zpool list -H -o name,health",
                        "systemctl is-active pve-cluster pvedaemon pveproxy pvestatd pve-guests");
    }

    @Test
    void everyTroubleIsNamed() {
        shell.prints("pvesm status", HEADER + LOCAL + "nas           nfs   inactive  0  0  0  0.00%\n")
                .prints("zpool list", "rpool\tONLINE\ntank\tDEGRADED\n")
                .on("systemctl is-active", new CommandResult.Exited(3, "active\nactive\nfailed\nactive\nactive\n", ""));

        assertThat(look()).isInstanceOfSatisfying(Sight.Other.class, sight -> assertThat(sight.evidence())
                .contains("storage nas is inactive", "pool tank is DEGRADED", "service pveproxy is failed"));
    }

    @Test
    void aNodeWithoutPoolsHasNoneThatAreUnwell() {
        shell.fails(
                "zpool list", 1, "The ZFS modules are not loaded.\nTry running 'modprobe zfs' as root to load them.");
        assertThat(look()).isInstanceOf(Sight.Desired.class);

        shell.prints("zpool list", "");
        assertThat(look()).isInstanceOf(Sight.Desired.class);
    }

    @Test
    void whatMayNotBeSeenOrIsListedAsNothingIsNeverWell() {
        shell.fails("zpool list", 1, "sudo: a password is required");
        assertThat(look()).isInstanceOf(Sight.Unseen.class);

        everythingIsWell();
        shell.on("pvesm status", new CommandResult.TimedOut("", "")); // a mount that hangs
        assertThat(look()).isInstanceOf(Sight.Unseen.class);

        everythingIsWell();
        shell.prints("pvesm status", HEADER);
        assertThat(look()).isInstanceOfSatisfying(Sight.Unseen.class, sight -> assertThat(sight.evidence())
                .contains("it lists no storages"));

        everythingIsWell();
        shell.prints("systemctl is-active", "active\n");
        assertThat(look()).isInstanceOf(Sight.Unseen.class);
    }

    private Sight look() {
        return time.until(hands.look(Steps.of(Verb.CHECK, "pve1")));
    }
}
