package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Trace;
import io.ridethrough.target.FakeKnock;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.probe.HttpAsk;
import io.ridethrough.target.probe.NameQuery;
import io.ridethrough.target.probe.Probes;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.tcp.Knock.Sign;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.unifi.UnifiTold;
import io.ridethrough.target.wake.Waker;
import io.ridethrough.target.way.Told;
import io.ridethrough.traps.Trap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Fixtures by protocols 1.4, 1.6, 2.4, 9. The site is the attic of {@link FakeContracts}. */
class TargetHandsTest {
    private static final AssetId PVE1 = AssetId.parse("attic/pve1");
    private static final String BOOT = "cat /proc/sys/kernel/random/boot_id";
    private static final String FIRST_BOOT = "0b0f5b1a-0000-4000-8000-000000000001\n";
    private static final String NO_CONTAINER = "Configuration file 'nodes/attic-one/lxc/101.conf' does not exist\n";
    private static final String NO_VM = "Configuration file 'nodes/attic-one/qemu-server/102.conf' does not exist\n";

    private final Contracts contracts = FakeContracts.attic();
    private final VirtualTime time = new VirtualTime();
    private final FakeShell shell = new FakeShell();
    private final FakeKnock knock = new FakeKnock();
    private final Queue<HttpAsk.Told> http = new ArrayDeque<>();
    private OptionalLong farewell = OptionalLong.empty();
    private final TargetHands hands = new TargetHands(tools(FakeContracts.attic()));

    private Tools tools(Contracts contracts) {
        return new Tools(
                () -> contracts,
                shell,
                BySsh.nodes(contracts, shell),
                BySsh.nases(contracts, shell),
                NoInterfaces.HOMES,
                host -> farewell,
                knock,
                new Waker(NoInterfaces.NOWHERE, time),
                new Probes(
                        shell,
                        knock,
                        url -> CompletableFuture.completedFuture(http.remove()),
                        new NameQuery(NoInterfaces.NOWHERE, Runnable::run),
                        time),
                NoInterfaces.HTTPS,
                NoInterfaces.SECRETS,
                NoInterfaces.NUT,
                Runnable::run,
                time);
    }

    @Test
    void aGuestIsOffOnlyWhenProxmoxSaysStopped() {
        shell.prints("qm status 102", "status: running\n");
        assertThat(look(Verb.SHUT_DOWN, "web")).isEqualTo(new Sight.Other("status: running"));

        shell.prints("qm status 102", "status: stopped\n");
        assertThat(look(Verb.SHUT_DOWN, "web")).isInstanceOf(Sight.Desired.class);

        shell.prints("qm status 102", "");
        assertThat(look(Verb.SHUT_DOWN, "web")).isInstanceOf(Sight.Unseen.class);

        shell.fails("qm status 102", 255, "ipcc_send_rec[1] failed: Connection refused");
        assertThat(look(Verb.SHUT_DOWN, "web")).isInstanceOf(Sight.Unseen.class);
    }

    @Test
    void aContainerDeclaredAsVmIsNamedForWhatItIs() {
        shell.fails("qm status 102", 2, NO_VM).prints("pct status 102", "status: running\n");

        assertThat(look(Verb.SHUT_DOWN, "web"))
                .isEqualTo(new Sight.Mismatch("declared as a VM, but 102 on node attic-one is a container (running)"));
    }

    @Test
    void aGuestThatIsNotThereIsAContradictionAndNotStopped() {
        shell.fails("pct status 101", 2, NO_CONTAINER)
                .fails("qm status 101", 2, "Configuration file 'nodes/attic-one/qemu-server/101.conf' does not exist");

        assertThat(look(Verb.SHUT_DOWN, "dns"))
                .isEqualTo(new Sight.Mismatch("there is neither a VM nor a container 101 on node attic-one"));
    }

    @Test
    void aGuestOfAnUnreachableNodeIsUnseenUntilTheNodeIsProvenOff() {
        Step off = step(Verb.POWER_OFF, "pve1");
        shell.prints("systemctl poweroff", "");
        time.until(hands.act(off, hands.ladder(off).get(0), Duration.ofSeconds(60)));
        shell.down(PVE1);
        knock.all(Sign.REFUSED);
        assertThat(look(Verb.SHUT_DOWN, "web")).isInstanceOf(Sight.Unseen.class);

        farewell = OptionalLong.of(1);
        assertThat(time.until(hands.look(off))).isInstanceOf(Sight.Desired.class);

        assertThat(look(Verb.SHUT_DOWN, "web"))
                .isInstanceOfSatisfying(Sight.Desired.class, sight -> assertThat(sight.evidence())
                        .contains("its node attic-one is proven off"));
        shell.up(PVE1);
        shell.prints("qm status 102", "status: running\n");
        assertThat(look(Verb.SHUT_DOWN, "web")).isInstanceOf(Sight.Other.class);
        shell.down(PVE1);
        assertThat(look(Verb.SHUT_DOWN, "web")).isInstanceOf(Sight.Unseen.class);
    }

    @Test
    void forceIsARungOnlyWhereTheContractPermitsIt() {
        assertThat(hands.ladder(step(Verb.SHUT_DOWN, "web")))
                .extracting(Rung::force)
                .containsExactly(Rung.Force.GRACEFUL, Rung.Force.FORCED);
        assertThat(hands.ladder(step(Verb.SHUT_DOWN, "dns")))
                .extracting(Rung::force)
                .containsExactly(Rung.Force.GRACEFUL);

        Step dns = step(Verb.SHUT_DOWN, "dns");
        assertThat(time.until(
                        hands.act(dns, new Rung(Rung.Force.FORCED, Duration.ofSeconds(9)), Duration.ofSeconds(9))))
                .isInstanceOf(Answer.Declined.class);
        assertThat(shell.sent()).isEmpty();
    }

    @Test
    @Trap(19)
    void aForcedStopEndsTheShutdownThatHoldsTheLock() {
        Step web = step(Verb.SHUT_DOWN, "web");
        shell.prints("qm stop", "");

        time.until(hands.act(web, hands.ladder(web).get(1), Duration.ofSeconds(60)));

        assertThat(shell.sent()).containsExactly("qm stop 102 --overrule-shutdown 1");
        assertThat(shell.commands().get(0).lane()).isEqualTo(RemoteCommand.Lane.FORCED);
    }

    @Test
    @Trap(1)
    void whatCameOfACommandDecidesTheAnswer() {
        shell.fails("qm shutdown", 255, "VM quit/powerdown failed - got timeout");
        assertThat(act(Verb.SHUT_DOWN, "web"))
                .isInstanceOfSatisfying(Answer.Declined.class, answer -> assertThat(answer.evidence())
                        .contains("got timeout"));
        shell.on("qm shutdown", new CommandResult.TimedOut("", ""));
        assertThat(act(Verb.SHUT_DOWN, "web")).isInstanceOf(Answer.Lost.class);
        shell.on("qm shutdown", new CommandResult.Lost("reset"));
        assertThat(act(Verb.SHUT_DOWN, "web")).isInstanceOf(Answer.Lost.class);
        shell.on("qm shutdown", new CommandResult.Undelivered(CommandResult.Cause.HOST_KEY, "not the one it was"));
        assertThat(act(Verb.SHUT_DOWN, "web")).isInstanceOf(Answer.Barred.class);
        shell.on("qm shutdown", new CommandResult.Undelivered(CommandResult.Cause.LOGIN, "permission denied"));
        assertThat(act(Verb.SHUT_DOWN, "web")).isInstanceOf(Answer.Resting.class);
        shell.down(PVE1);
        assertThat(act(Verb.SHUT_DOWN, "web")).isInstanceOf(Answer.Undelivered.class);
    }

    @Test
    @Trap(9)
    void aGuestThatAlreadyIsAsAskedIsNoRefusal() {
        shell.fails("qm start", 255, "VM 102 already running\n").fails("pct shutdown", 255, "CT 101 not running\n");

        assertThat(act(Verb.START, "web")).isInstanceOf(Answer.Accepted.class);
        assertThat(act(Verb.SHUT_DOWN, "dns")).isInstanceOf(Answer.Accepted.class);
        shell.fails("qm start", 255, "VM is locked (backup)\n");
        assertThat(act(Verb.START, "web")).isInstanceOf(Answer.Declined.class);
    }

    @Test
    void aGuestThatMustRespondIsUpOnlyWhenItDoes() {
        shell.prints("pct status 101", "status: running\n").fails("pct exec 101 -- true", 255, "starting");
        assertThat(look(Verb.START, "dns"))
                .isInstanceOfSatisfying(
                        Sight.Other.class, sight -> assertThat(sight.evidence()).contains("does not respond yet"));

        shell.prints("pct exec 101 -- true", "");
        assertThat(look(Verb.START, "dns")).isInstanceOf(Sight.Desired.class);
    }

    @Test
    @Trap(18)
    void silenceAloneIsInferredLateAndCalledSo() {
        knock.all(Sign.UNANSWERED);
        assertThat(look(Verb.POWER_OFF, "pve2")).isInstanceOf(Sight.Unseen.class);

        for (int i = 0; i < 8; i++) {
            time.pass(Duration.ofSeconds(20));
            Sight sight = look(Verb.POWER_OFF, "pve2");
            if (time.elapsed().compareTo(Duration.ofSeconds(150)) < 0) {
                assertThat(sight).isInstanceOf(Sight.Unseen.class);
            } else {
                assertThat(sight).isInstanceOfSatisfying(Sight.Desired.class, desired -> assertThat(desired.evidence())
                        .startsWith("off (inferred)"));
            }
        }
        assertThat(shell.sent()).as("no login is tried on a silent host").isEmpty();
    }

    @Test
    void aNasPowersOffByDsmsFullPathAsRoot() {
        shell.prints("sudo -n /usr/syno/sbin/synopoweroff", "");

        assertThat(act(Verb.POWER_OFF, "nas")).isInstanceOf(Answer.Accepted.class);
        assertThat(shell.sent()).containsExactly("sudo -n /usr/syno/sbin/synopoweroff");
    }

    @Test
    void aNasThatRefusesIsNotGoingOff() {
        shell.fails("sudo -n /usr/syno/sbin/synopoweroff", 1, "sudo: a password is required");

        assertThat(act(Verb.POWER_OFF, "nas")).isInstanceOf(Answer.Declined.class);
        shell.prints(BOOT, FIRST_BOOT);
        assertThat(look(Verb.POWER_OFF, "nas")).isInstanceOf(Sight.Other.class);
    }

    @Test
    void aNodeThatIsStillGoingOffIsNotAwake() {
        shell.prints(BOOT, FIRST_BOOT).prints("systemctl poweroff", "").prints("qm list", "");
        assertThat(look(Verb.POWER_OFF, "pve1")).isInstanceOf(Sight.Other.class);
        assertThat(look(Verb.WAKE, "pve1")).isInstanceOf(Sight.Desired.class);

        assertThat(act(Verb.POWER_OFF, "pve1")).isInstanceOf(Answer.Accepted.class);

        assertThat(look(Verb.WAKE, "pve1")).isInstanceOf(Sight.Other.class);
        shell.prints(BOOT, FIRST_BOOT.replace('1', '2'));
        assertThat(look(Verb.WAKE, "pve1")).isInstanceOf(Sight.Desired.class);
    }

    @Test
    void aNodeIsAwakeWhenItsProxmoxAnswersToo() {
        shell.prints(BOOT, FIRST_BOOT).fails("qm list", 111, "ipcc_send_rec[1] failed: Connection refused");
        assertThat(look(Verb.WAKE, "pve1")).isInstanceOf(Sight.Other.class);

        knock.all(Sign.UNANSWERED);
        assertThat(look(Verb.WAKE, "pve1")).isInstanceOf(Sight.Unseen.class);
    }

    @Test
    void aWakeThatCannotBeSentIsUndelivered() {
        assertThat(act(Verb.WAKE, "pve1")).isInstanceOf(Answer.Undelivered.class);
    }

    @Test
    void aHelperThatCannotSendThePacketIsToldFromOneThatMayHave() {
        TargetHands helped = new TargetHands(tools(FakeContracts.atticWaking(
                "wake-on-lan: {macs: [\"02:00:5e:10:00:03\"], broadcast: 192.0.2.255, from: pve1}")));
        String command = "wakeonlan -i 192.0.2.255 -p 9 02:00:5e:10:00:03 02:00:5e:10:00:03 02:00:5e:10:00:03";

        shell.prints(command, "Sending magic packet to 192.0.2.255:9 with payload 02:00:5e:10:00:03\n");
        assertThat(first(helped, "pve2")).isInstanceOf(Answer.Accepted.class);
        shell.fails(command, 127, "timeout: failed to run command 'wakeonlan': No such file or directory");
        assertThat(first(helped, "pve2"))
                .isInstanceOfSatisfying(Answer.Undelivered.class, answer -> assertThat(answer.evidence())
                        .contains("not installed"));
        shell.fails(command, 1, "Network is unreachable");
        assertThat(first(helped, "pve2")).isInstanceOf(Answer.Declined.class);
        shell.on(command, new CommandResult.Lost("reset"));
        assertThat(first(helped, "pve2")).isInstanceOf(Answer.Lost.class);
        shell.down(PVE1);
        assertThat(first(helped, "pve2")).isInstanceOf(Answer.Undelivered.class);
    }

    @Test
    void aManagementControllerIsAskedToSwitchOnAndNothingElse() {
        List<String> asked = new ArrayList<>();
        TargetHands managed = new TargetHands(
                tools(FakeContracts.atticWaking(
                        "management: {controller: broker}",
                        "wake-on-lan: {macs: [\"02:00:5e:10:00:03\"], broadcast: 192.0.2.255}")),
                Optional::empty,
                new PowerPaths(
                        (controller, ask) -> {
                            asked.add(controller + " " + ask.getClass().getSimpleName());
                            return CompletableFuture.completedFuture(new Told.Declined("already powered ON"));
                        },
                        PowerPaths.NONE.ports(),
                        PowerPaths.NONE.restarts(),
                        PowerPaths.NONE.controllers(),
                        PowerPaths.NONE.plugs()));
        Step wake = step(Verb.WAKE, "pve2");

        assertThat(first(managed, "pve2")).isEqualTo(new Answer.Declined("already powered ON"));

        assertThat(asked).containsExactly("attic/broker On");
        assertThat(managed.ladder(wake)).extracting(Rung::way).containsExactly(0, 1, 0, 1, 0, 1);
        assertThat(managed.ladder(step(Verb.RECOVER, "pve2")))
                .as("each attempt of a recovery is a round of all ways")
                .extracting(Rung::way)
                .containsExactly(0, 1, 0, 1);
        assertThat(time.until(managed.trace(wake, managed.ladder(wake).get(0), Instant.EPOCH)))
                .isInstanceOf(Trace.Harmless.class);
    }

    private Answer first(TargetHands hands, String asset) {
        Step wake = step(Verb.WAKE, asset);
        Rung rung = hands.ladder(wake).get(0);
        return time.until(hands.act(wake, rung, rung.patience()));
    }

    /** R33: a machine that answers, or of which nobody can say that it does not, keeps its power. */
    @Test
    void thePortOfANodeIsCycledOnlyWhileNothingOfItAnswers() {
        List<UnifiAsk.Power> cycled = new ArrayList<>();
        TargetHands powered = new TargetHands(
                tools(FakeContracts.atticWithPoweredPort()),
                Optional::empty,
                new PowerPaths(
                        PowerPaths.NONE.managements(),
                        (controller, act, fed) -> {
                            cycled.add(act);
                            return CompletableFuture.completedFuture(new Told.Done("taken by " + controller));
                        },
                        PowerPaths.NONE.restarts(),
                        PowerPaths.NONE.controllers(),
                        PowerPaths.NONE.plugs()));
        Step wake = step(Verb.WAKE, "pve2");
        Rung rung = powered.ladder(wake).get(0);
        for (Sign sign : List.of(Sign.ACCEPTED, Sign.REFUSED, Sign.BLIND)) {
            knock.all(sign);
            assertThat(time.until(powered.act(wake, rung, rung.patience())).evidence())
                    .contains("its power is not cut");
        }
        assertThat(cycled).isEmpty();
        knock.all(Sign.UNANSWERED);

        assertThat(time.until(powered.act(wake, rung, rung.patience()))).isInstanceOf(Answer.Accepted.class);

        assertThat(cycled).containsExactly(new UnifiAsk.CyclePort("02:00:5e:20:00:01", 2, rung.patience()));
        assertThat(time.until(powered.trace(wake, rung, Instant.EPOCH)))
                .as("a cycle is never repeated blindly (R19)")
                .isInstanceOf(Trace.Untold.class);
    }

    /** One that may be off is switched on, whatever was answered; one that certainly is not is left as it is. */
    @Test
    void theOutletOfANodeIsSwitchedOffAndOnAgainOnlyWhileNothingOfItAnswers() {
        List<UnifiAsk.Power> switched = new ArrayList<>();
        AtomicReference<Told> off = new AtomicReference<>(new Told.Done("taken"));
        AtomicReference<Told> on = new AtomicReference<>(new Told.Done("it is on"));
        TargetHands powered = new TargetHands(
                tools(FakeContracts.atticWithPoweredOutlet()),
                Optional::empty,
                new PowerPaths(
                        PowerPaths.NONE.managements(),
                        (controller, act, fed) -> {
                            switched.add(act);
                            boolean first = act instanceof UnifiAsk.SwitchOutlet outlet && !outlet.on();
                            return CompletableFuture.completedFuture(first ? off.get() : on.get());
                        },
                        PowerPaths.NONE.restarts(),
                        PowerPaths.NONE.controllers(),
                        PowerPaths.NONE.plugs()));
        Step wake = step(Verb.WAKE, "pve2");
        Rung rung = powered.ladder(wake).get(0);
        UnifiAsk.Power down = new UnifiAsk.SwitchOutlet("02:00:5e:10:00:04", 2, false, rung.patience());
        UnifiAsk.Power up = new UnifiAsk.SwitchOutlet("02:00:5e:10:00:04", 2, true, rung.patience());

        knock.all(Sign.ACCEPTED);
        time.until(powered.act(wake, rung, rung.patience()));
        assertThat(switched).isEmpty();

        knock.all(Sign.UNANSWERED);
        assertThat(time.until(powered.act(wake, rung, rung.patience())))
                .isEqualTo(new Answer.Accepted("off: taken; on again: it is on"));
        assertThat(switched).containsExactly(down, up);
        off.set(new Told.Lost("connection reset"));
        time.until(powered.act(wake, rung, rung.patience()));
        assertThat(switched).containsExactly(down, up, down, up);

        off.set(new Told.Done("taken"));
        on.set(new Told.Undelivered("connection refused"));
        assertThat(time.until(powered.act(wake, rung, rung.patience())))
                .as("not that nothing was sent: its power was taken")
                .isInstanceOfSatisfying(Answer.Lost.class, lost -> assertThat(lost.evidence())
                        .startsWith("its power may not be back: "));
        assertThat(switched).hasSize(6);

        off.set(new Told.Declined("refused: attic/pve2 is held"));
        assertThat(time.until(powered.act(wake, rung, rung.patience()))).isInstanceOf(Answer.Declined.class);
        assertThat(switched).hasSize(7);
    }

    /** After a restart between off and on: what may be off is switched on at once, whether or not its table shows it yet. */
    @Test
    void onlyAnOutletThatMayBeOffIsSwitchedOnAtOnceWhereItsAnswerWasNotRecorded() {
        List<UnifiAsk.Power> switched = new ArrayList<>();
        AtomicReference<Told> stands = new AtomicReference<>();
        TargetHands powered = new TargetHands(
                tools(FakeContracts.atticWithPoweredOutlet()),
                Optional::empty,
                new PowerPaths(
                        PowerPaths.NONE.managements(),
                        (controller, act, fed) -> {
                            switched.add(act);
                            return CompletableFuture.completedFuture(new Told.Done("taken"));
                        },
                        PowerPaths.NONE.restarts(),
                        (controller, ask) -> CompletableFuture.completedFuture(stands.get()),
                        PowerPaths.NONE.plugs()));
        Step wake = step(Verb.WAKE, "pve2");
        Rung rung = powered.ladder(wake).get(0);
        UnifiAsk.Power on = new UnifiAsk.SwitchOutlet("02:00:5e:10:00:04", 2, true, rung.patience());
        knock.all(Sign.BLIND);

        for (Told off : List.of(outlets(false, false), outlets(true, false), outlets(false, true))) {
            stands.set(off);
            switched.clear();
            assertThat(time.until(powered.trace(wake, rung, Instant.EPOCH))).isInstanceOf(Trace.Harmless.class);
            assertThat(time.until(powered.act(wake, rung, rung.patience()))).isInstanceOf(Answer.Accepted.class);
            assertThat(switched).containsExactly(on);
        }
        for (Told other :
                List.of(outlets(true, true), new UnifiTold.Outlets(List.of()), new Told.Undelivered("away"))) {
            stands.set(other);
            assertThat(time.until(powered.trace(wake, rung, Instant.EPOCH))).isInstanceOf(Trace.Untold.class);
        }
    }

    /** The first outlet is off, and feeds something else. */
    private static Told outlets(boolean relay, boolean set) {
        String strip = "02:00:5e:10:00:04";
        return new UnifiTold.Outlets(List.of(
                new UnifiTold.Outlet(strip, 1, "Modem", false, false),
                new UnifiTold.Outlet(strip, 2, "Metal", relay, set)));
    }

    @Test
    void aStackWithoutContainersIsDownOnlyIfItsFileDeclaresServices() {
        String compose = "sudo -n docker compose --project-directory /srv/wiki -p wiki ";
        shell.prints(compose + "ps", "").fails(compose + "config", 14, "no configuration file provided: not found");
        assertThat(look(Verb.COMPOSE_STOP, "wiki")).isInstanceOf(Sight.Unseen.class);

        shell.prints(compose + "config", "web\ndb\n");
        assertThat(look(Verb.COMPOSE_STOP, "wiki")).isInstanceOf(Sight.Desired.class);
    }

    @Test
    void aStoppedStackIsNotARemovedOne() {
        shell.prints("sudo -n docker compose", "{\"Service\":\"web\",\"State\":\"exited\",\"ExitCode\":0}\n");

        assertThat(look(Verb.COMPOSE_STOP, "wiki")).isInstanceOf(Sight.Desired.class);
        assertThat(look(Verb.COMPOSE_DOWN, "wiki")).isInstanceOf(Sight.Other.class);
        assertThat(look(Verb.COMPOSE_UP, "wiki")).isInstanceOf(Sight.Other.class);
    }

    @Test
    void whatAHardStopLeftDeadIsTakenAwayBeforeTheStackIsBroughtUpAndNothingElse() {
        String compose = "sudo -n docker compose --project-directory /srv/wiki -p wiki ";
        Step up = Steps.of(Verb.COMPOSE_UP, "wiki");
        Rung rung = new Rung(Rung.Force.GRACEFUL, Duration.ofMinutes(2));
        shell.prints(compose + "rm", "").prints(compose + "up", "");
        shell.prints(compose + "ps", """
                {"Service":"web","State":"exited","ExitCode":137}
                {"Service":"db","State":"dead","ExitCode":137}
                """);
        assertThat(time.until(hands.act(up, rung, rung.patience()))).isInstanceOf(Answer.Accepted.class);

        shell.prints(compose + "ps", "[{\"Service\":\"db\",\"State\":\"exited\",\"ExitCode\":137}]");
        assertThat(time.until(hands.act(up, rung, rung.patience()))).isInstanceOf(Answer.Accepted.class);

        assertThat(shell.sent().stream()
                        .filter(sent -> !sent.contains(" ps "))
                        .map(sent -> sent.substring(compose.length())))
                .as("it waits until every service runs, and not for ever")
                .containsExactly("rm -f db", "up -d --wait --wait-timeout 105", "up -d --wait --wait-timeout 105");
    }

    /** Waiting compose ends with 1 at once when a one-shot has ended well (docker/compose issue 10596). */
    @Test
    void aStackThatIsStillStartingIsWatchedWhateverComposeCallsItAndAFailedOneIsNot() {
        String compose = "sudo -n docker compose --project-directory /srv/wiki -p wiki ";
        String once = "{\"Service\":\"init\",\"State\":\"exited\",\"ExitCode\":0}\n";
        String web = "{\"Service\":\"web\",\"State\":\"running\",\"Health\":\"starting\",\"ExitCode\":0}\n";
        shell.fails(compose + "up", 1, "container wiki-init-1 exited (0)").prints(compose + "ps", once + web);

        assertThat(act(Verb.COMPOSE_UP, "wiki"))
                .isInstanceOfSatisfying(Answer.Accepted.class, accepted -> assertThat(accepted.evidence())
                        .contains("still starting", "web running starting", "wiki-init-1 exited (0)"));
        assertThat(look(Verb.COMPOSE_UP, "wiki")).isInstanceOf(Sight.Other.class);
        shell.prints(compose + "ps", once + web.replace("starting", "healthy"));
        assertThat(look(Verb.COMPOSE_UP, "wiki")).isInstanceOf(Sight.Desired.class);

        shell.prints(compose + "ps", web + once.replace(":0}", ":1}"));
        assertThat(act(Verb.COMPOSE_UP, "wiki")).isInstanceOf(Answer.Declined.class);
        shell.fails(compose + "ps", 1, "Cannot connect to the Docker daemon");
        assertThat(act(Verb.COMPOSE_UP, "wiki")).isInstanceOf(Answer.Declined.class);
    }

    /** Compose alone would kill after ten seconds, which databases do not like (protocols 9). */
    @Test
    void aStackIsGivenItsDeclaredTimeToStop() {
        String compose = "sudo -n docker compose --project-directory /srv/wiki -p wiki ";
        shell.prints(compose + "stop", "").prints(compose + "down", "");

        assertThat(act(Verb.COMPOSE_STOP, "wiki")).isInstanceOf(Answer.Accepted.class);
        assertThat(act(Verb.COMPOSE_DOWN, "wiki")).isInstanceOf(Answer.Accepted.class);

        assertThat(shell.sent()).containsExactly(compose + "stop -t 60", compose + "down -t 60");
    }

    @Test
    void aStackWhoseHostIsStoppedIsStopped() {
        shell.down(AssetId.parse("attic/web")).prints("qm status 102", "status: stopped\n");
        assertThat(look(Verb.COMPOSE_STOP, "wiki")).isInstanceOf(Sight.Desired.class);

        shell.prints("qm status 102", "status: running\n");
        assertThat(look(Verb.COMPOSE_STOP, "wiki")).isInstanceOf(Sight.Unseen.class);
    }

    @Test
    void aCheckNamesEveryContradictionAndWhateverElseIsThere() {
        shell.prints("qm list", """
                      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID
                       101 not-a-container      running    4096              32.00 1234
                       900 debian-template      stopped    2048              32.00 0
                       901 forgotten            running    2048              32.00 99
                """).prints("pct list", "VMID       Status     Lock         Name\n");

        assertThat(look(Verb.CHECK, "pve1"))
                .isInstanceOfSatisfying(Sight.Mismatch.class, sight -> assertThat(sight.evidence())
                        .contains(
                                "dns (101) is declared as a container but is a VM named not-a-container",
                                "web (102) is declared as a VM but is not on node attic-one",
                                "excluded: 900 debian-template (VM, stopped), a template",
                                "undeclared: 901 forgotten (VM, running)"));
    }

    @Test
    void aCheckOfANodeThatCannotBeListedIsUnseen() {
        shell.prints("qm list", "").fails("pct list", 255, "ipcc_send_rec failed");

        assertThat(look(Verb.CHECK, "pve1")).isInstanceOf(Sight.Unseen.class);
    }

    @Test
    void aProbeIsAskedAsOftenAsThePolicySaysUntilItIsWell() {
        Step probe = new Step(
                new StepId("verify:attic/web-page"),
                Phase.VERIFY,
                Verb.PROBE,
                Optional.of(AssetId.parse("attic/web")),
                new TreeSet<>(),
                Duration.ofSeconds(1),
                contracts.sites().values().stream()
                        .flatMap(site -> site.probes().stream())
                        .filter(p -> p.id().equals("web-page"))
                        .findFirst());
        http.add(new HttpAsk.Told.Refused("refused"));
        http.add(new HttpAsk.Told.Status(302));

        assertThat(contracts.policy().checks().attempts()).isGreaterThan(1);
        assertThat(time.until(hands.look(probe))).isEqualTo(new Sight.Desired("HTTP 302 (attempt 2)"));
        assertThat(hands.ladder(probe)).isEmpty();
    }

    @Test
    void recoveryBringsUpWhatIsDownAsOftenAsTheSiteAllows() {
        shell.prints("qm status 102", "status: stopped\n").fails("qm start", 255, "VM is locked (backup)");
        assertThat(look(Verb.RECOVER, "web")).isInstanceOf(Sight.Other.class);

        assertThat(hands.ladder(step(Verb.RECOVER, "web"))).hasSize(2);
        Duration before = time.elapsed();
        assertThat(act(Verb.RECOVER, "web")).isInstanceOf(Answer.Declined.class);
        assertThat(time.elapsed().minus(before)).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void nothingEverThrows() {
        for (Verb verb : Verb.values()) {
            Step nothing = step(verb, "nothing");
            assertThat(time.until(hands.look(nothing))).isNotNull();
            assertThat(time.until(hands.act(
                            nothing, new Rung(Rung.Force.GRACEFUL, Duration.ofSeconds(1)), Duration.ofSeconds(1))))
                    .isNotNull();
            assertThat(hands.ladder(nothing)).isEmpty();
        }
    }

    private Sight look(Verb verb, String asset) {
        return time.until(hands.look(step(verb, asset)));
    }

    private Answer act(Verb verb, String asset) {
        Step step = step(verb, asset);
        Rung first = hands.ladder(step).get(0);
        return time.until(hands.act(step, first, first.patience()));
    }

    private static Step step(Verb verb, String asset) {
        return Steps.of(verb, asset);
    }
}
