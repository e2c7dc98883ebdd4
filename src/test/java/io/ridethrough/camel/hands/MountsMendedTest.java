package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Node;
import io.ridethrough.run.Answer;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.ssh.CommandResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What df(1) says of a declared mount, as a Debian with NFS 4.2 printed it, and what the remedy makes of that. */
class MountsMendedTest {
    private static final String ASKED = "env LC_ALL=C df --output=target /mnt/pve/backups";
    private static final String FREED = "umount -f -l /mnt/pve/backups";
    private static final String MOUNTED = "mount -t nfs 192.0.2.50:/volume1/backups /mnt/pve/backups";

    private final Contracts contracts = FakeContracts.attic();
    private final VirtualTime time = new VirtualTime();
    private final FakeShell shell = new FakeShell().prints("mount", "").prints("umount", "");

    @Test
    void whatAnswersIsLeftAlone() {
        shell.prints(ASKED, "Mounted on\n/mnt/pve/backups\n");

        assertThat(mended()).isInstanceOf(Answer.Declined.class);
        assertThat(shell.sent()).containsExactly(ASKED);
    }

    @Test
    void whatIsAFolderOfTheDiskBelowIsMounted() {
        shell.prints(ASKED, "Mounted on\n/\n");

        assertThat(mended()).isInstanceOf(Answer.Accepted.class);
        assertThat(shell.sent()).containsExactly(ASKED, MOUNTED);
    }

    @Test
    void whatIsStaleIsLetGoBefore() {
        shell.fails(ASKED, 1, "df: /mnt/pve/backups: Stale file handle");

        assertThat(mended()).isInstanceOf(Answer.Accepted.class);
        assertThat(shell.sent()).containsExactly(ASKED, FREED, MOUNTED);
    }

    @Test
    void whatCouldNotBeLetGoIsNotMountedOver() {
        shell.fails(ASKED, 1, "df: /mnt/pve/backups: Stale file handle").fails("umount", 32, "umount: not permitted");

        assertThat(mended()).isInstanceOf(Answer.Declined.class);
        assertThat(shell.sent()).containsExactly(ASKED, FREED);
    }

    @Test
    void whatHangsIsLeftToItsServerAndWatched() {
        shell.on(ASKED, new CommandResult.TimedOut("", ""));

        assertThat(mended()).isInstanceOfSatisfying(Answer.Accepted.class, answer -> assertThat(answer.evidence())
                .contains("hangs", "by itself once attic/nas answers"));
        assertThat(shell.sent()).containsExactly(ASKED);
    }

    @Test
    void anyOtherErrorOrPlaceIsAPersons() {
        for (CommandResult other : new CommandResult[] {
            new CommandResult.Exited(1, "", "df: /mnt/pve/backups: Input/output error"),
            new CommandResult.Exited(127, "", "env: df: No such file or directory"),
            new CommandResult.Exited(0, "", ""),
            new CommandResult.Exited(0, "Mounted on\n/tank/backups\n", ""),
            new CommandResult.Lost("the session broke")
        }) {
            shell.on(ASKED, other);

            assertThat(mended()).as(other.toString()).isInstanceOf(Answer.Declined.class);
        }
        assertThat(shell.sent()).containsOnly(ASKED);
    }

    private Answer mended() {
        Node node = (Node) contracts.asset(AssetId.parse("attic/pve1")).orElseThrow();
        return time.until(
                new NodeMending(NoInterfaces.tools(contracts, shell, time)).mountAgain(node, Duration.ofMinutes(1)));
    }
}
