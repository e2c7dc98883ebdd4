package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Busy;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.traps.Trap;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Running backups and locked guests, by protocols 1.2 to 1.4, 1.6. */
class NodeWorkTest {
    private static final String RUNNING = "pvesh get /nodes/attic-one/tasks --source active --output-format json";
    private static final String CONFIG = "qm config 102";

    private final Contracts contracts = FakeContracts.attic();
    private final VirtualTime time = new VirtualTime();
    private final FakeShell shell = new FakeShell();
    private final TargetHands hands = new TargetHands(NoInterfaces.tools(contracts, shell, time));

    @BeforeEach
    void nothingIsLocked() {
        shell.prints(CONFIG, "agent: 1\ncores: 2\nname: web\n");
    }

    @Test
    @Trap(19)
    void aBackupOfTheGuestOrOfMoreThanOneIsInTheWay() {
        shell.prints(RUNNING, "[" + task("vzdump", "102") + "]");
        assertThat(busy(Verb.SHUT_DOWN, "web")).isEqualTo(new Busy.Taken("vzdump of 102 runs on its node"));

        shell.prints(RUNNING, "[" + task("vzdump", "") + "]");
        assertThat(busy(Verb.SHUT_DOWN, "web")).isEqualTo(new Busy.Taken("vzdump runs on its node"));
    }

    /** Under the names that Proxmox has for them: pve-manager, www/manager6/Utils.js. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "vzdump",
                "qmigrate",
                "vzmigrate",
                "hamigrate",
                "qmsnapshot",
                "vzsnapshot",
                "qmdelsnapshot",
                "vzdelsnapshot",
                "qmrollback",
                "vzrollback",
                "qmclone",
                "vzclone",
                "qmrestore",
                "vzrestore",
                "qmsuspend",
                "qmmove",
                "move_volume",
                "imgcopy"
            })
    void whatAShutdownWouldSpoilIsInTheWayOfTheGuestAndOfItsNode(String type) {
        shell.prints(RUNNING, "[" + task(type, "102") + "]");

        assertThat(busy(Verb.SHUT_DOWN, "web")).isEqualTo(new Busy.Taken(type + " of 102 runs on its node"));
        assertThat(busy(Verb.POWER_OFF, "pve1")).isEqualTo(new Busy.Taken(type + " of 102 runs on its node"));
    }

    @Test
    void whatElseRunsIsNotInTheWay() {
        shell.prints(
                RUNNING,
                "[" + task("vzdump", "103") + "," + task("qmshutdown", "102") + "," + task("vncproxy", "102") + "]");
        assertThat(busy(Verb.SHUT_DOWN, "web")).isInstanceOf(Busy.Free.class);
    }

    @Test
    void aLockIsInTheWayThoughNoTaskIsSeen() {
        shell.prints(RUNNING, "[]").prints(CONFIG, "agent: 1\nlock: backup\nname: web\n");
        assertThat(busy(Verb.SHUT_DOWN, "web")).isEqualTo(new Busy.Taken("it is locked (backup)"));

        shell.prints(CONFIG, "lock: suspended\n");
        assertThat(busy(Verb.SHUT_DOWN, "web")).isInstanceOf(Busy.Free.class);
    }

    @Test
    void tasksThatCannotBeReadAreNotNone() {
        assertThat(busy(Verb.SHUT_DOWN, "web")).isInstanceOf(Busy.Unseen.class);
        assertThat(busy(Verb.POWER_OFF, "pve1")).isInstanceOf(Busy.Unseen.class);
    }

    @Test
    void aNodeGoesDownOnlyWhenNoGuestOfItIsBackedUpDeclaredOrNot() {
        shell.prints(RUNNING, "[" + task("vzdump", "990") + "]");
        assertThat(busy(Verb.POWER_OFF, "pve1")).isEqualTo(new Busy.Taken("vzdump of 990 runs on its node"));
        assertThat(busy(Verb.POWER_OFF, "nas"))
                .as("no DSM of it is declared, which would tell of its backups")
                .isInstanceOf(Busy.Unseen.class);
    }

    @Test
    void whatIsInTheWayIsAbortedByItsNameAndNothingElse() {
        shell.prints(RUNNING, "[" + task("vzdump", "") + "," + task("qmshutdown", "102") + "]")
                .prints("pvesh delete", "");

        Answer answer = time.until(hands.interrupt(Steps.of(Verb.SHUT_DOWN, "web"), Duration.ofSeconds(5)));

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(shell.sent())
                .filteredOn(sent -> sent.startsWith("pvesh delete"))
                .containsExactly("pvesh delete /nodes/attic-one/tasks/UPID:attic-one:0003A1B2:0123ABCD:65A1B2C3"
                        + ":vzdump::root@pam:");
    }

    private Busy busy(Verb verb, String asset) {
        return time.until(hands.busy(Steps.of(verb, asset)));
    }

    private static String task(String type, String id) {
        return "{\"upid\":\"UPID:attic-one:0003A1B2:0123ABCD:65A1B2C3:" + type + ":" + id + ":root@pam:\",\"type\":\""
                + type + "\",\"id\":\"" + id + "\",\"starttime\":1705095875}";
    }
}
