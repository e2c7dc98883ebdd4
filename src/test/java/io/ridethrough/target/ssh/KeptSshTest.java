package io.ridethrough.target.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.realparts.OpenSsh;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.ssh.CommandResult.Cause;
import io.ridethrough.target.ssh.CommandResult.Exited;
import io.ridethrough.target.ssh.CommandResult.Lost;
import io.ridethrough.target.ssh.CommandResult.TimedOut;
import io.ridethrough.target.ssh.CommandResult.Undelivered;
import io.ridethrough.target.ssh.HostLink.State;
import io.ridethrough.target.ssh.RemoteCommand.Lane;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On the other side is OpenSSH; what happened is judged by its log and by what the commands themselves wrote. */
@Timeout(60)
class KeptSshTest {
    private static final AssetId HOST = AssetId.parse("here/host");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final AtomicLong later = new AtomicLong();
    private Path folder;
    private OpenSsh host;
    private Path knownHosts;
    private KeptSsh ssh;

    @BeforeEach
    void startHost(@TempDir Path temporary) throws Exception {
        folder = temporary;
        knownHosts = folder.resolve("known_hosts");
        host = OpenSsh.start(folder.resolve("host"));
        pin();
        ssh = connections(host, SshLimits.standard());
    }

    @AfterEach
    void stopHost() {
        ssh.close();
        host.close();
    }

    @Test
    void twoHundredCommandsTakeOneLogin() throws Exception {
        for (int i = 0; i < 200; i++) {
            assertThat(look("echo", "n" + i)).isEqualTo(new Exited(0, "n" + i + "\n", ""));
        }

        assertThat(host.logins()).isEqualTo(1);
    }

    @Test
    void exitCode255OfACommandIsItsOwnAnswer() throws Exception {
        host.command("qm", "echo 'VM 105 qmp command failed' >&2", "exit 255");

        assertThat(block("qm", "shutdown", "105")).isEqualTo(new Exited(255, "", "VM 105 qmp command failed\n"));
    }

    @Test
    void aCommandPastItsLimitIsEndedOnTheFarSide() throws Exception {
        host.command("qm", "echo $$ > $STATE/pid", "echo begun", "exec sleep 1000");

        CommandResult result = ssh.run(
                        HOST, new RemoteCommand(List.of("qm", "shutdown", "1"), Duration.ofSeconds(1), Lane.BLOCKING))
                .toCompletableFuture()
                .get();

        assertThat(result).isEqualTo(new TimedOut("begun\n", ""));
        long pid = Long.parseLong(Files.readString(host.state().resolve("pid")).strip());
        Until.holds(() -> ProcessHandle.of(pid).map(p -> !p.isAlive()).orElse(true));
    }

    @Test
    void looksAndForcedStopsDoNotWaitForThirtyBlockingCommands() throws Exception {
        host.command("qm", "echo $2 >> $EVENTS", "while [ ! -e $STATE/go ]; do sleep 0.02; done");
        List<CompletableFuture<CommandResult>> blocking = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            blocking.add(start(Lane.BLOCKING, "qm", "shutdown", "" + i));
        }
        Until.holds(() -> host.events().size() == 30, LIMIT, () -> host.events() + host.log());

        assertThat(look("echo", "here")).isEqualTo(new Exited(0, "here\n", ""));
        assertThat(start(Lane.FORCED, "echo", "now").get()).isEqualTo(new Exited(0, "now\n", ""));
        assertThat(blocking).noneMatch(CompletableFuture::isDone);

        Files.createFile(host.state().resolve("go"));
        for (CompletableFuture<CommandResult> each : blocking) {
            assertThat(each.get()).isEqualTo(new Exited(0, "", ""));
        }
        assertThat(host.logins()).isEqualTo(5);
        assertThat(host.log()).doesNotContain("no more sessions");
    }

    @Test
    void aForcedStopFindsAPlaceWhileLooksFillTheirs() throws Exception {
        ssh.close();
        ssh = connections(host, limits(1, 64, SshLimits.standard()));
        host.command("slow", "echo slow >> $EVENTS", "while [ ! -e $STATE/go ]; do sleep 0.02; done");
        for (int i = 0; i < 20; i++) {
            var unused = start(Lane.LOOK, "slow");
        }
        Until.holds(() -> host.events().size() == 6);

        assertThat(start(Lane.FORCED, "echo", "now").get()).isEqualTo(new Exited(0, "now\n", ""));
        Files.createFile(host.state().resolve("go"));
        Until.holds(() -> host.events().size() == 20);
    }

    @Test
    void commandsQueueInOrderAndAreBusyWhenTheQueueIsFull() throws Exception {
        ssh.close();
        ssh = connections(host, limits(1, 4, SshLimits.standard()));
        host.command("qm", "echo $1 >> $EVENTS", "while [ ! -e $STATE/go$1 ]; do sleep 0.02; done");
        List<CompletableFuture<CommandResult>> all = new ArrayList<>();
        assertThat(block("true")).isInstanceOf(Exited.class);
        for (int i = 0; i < 13; i++) {
            all.add(start(Lane.BLOCKING, "qm", "" + i));
        }

        assertThat(all.get(12).get()).isInstanceOfSatisfying(Undelivered.class, u -> assertThat(u.cause())
                .isEqualTo(Cause.BUSY));
        Until.holds(() -> host.events().size() == 8);
        for (int i = 0; i < 4; i++) {
            Files.createFile(host.state().resolve("go" + i));
            int running = 9 + i;
            Until.holds(() -> host.events().size() == running);
        }
        assertThat(host.events().subList(8, 12)).containsExactly("8", "9", "10", "11");
    }

    @Test
    void aHostThatTakesFewerChannelsGetsFewer() throws Exception {
        ssh.close();
        host.close();
        host = OpenSsh.start(folder.resolve("narrow"), "MaxSessions 2");
        pin();
        ssh = connections(host, SshLimits.standard());
        List<CompletableFuture<CommandResult>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            all.add(start(Lane.BLOCKING, "echo", "" + i));
        }
        for (int i = 0; i < 16; i++) {
            assertThat(all.get(i).get()).isEqualTo(new Exited(0, i + "\n", ""));
        }
    }

    @Test
    void aChangedHostKeyIsRefusedBeforeAnyLogin() throws Exception {
        host.changeHostKey();

        assertThat(look("true")).isInstanceOfSatisfying(Undelivered.class, u -> {
            assertThat(u.cause()).isEqualTo(Cause.HOST_KEY);
            assertThat(u.why()).contains("changed", "SHA256:", knownHosts.toString());
        });
        assertThat(ssh.link(HOST).state()).isEqualTo(State.HOST_KEY);
        assertNoLoginTried();
    }

    @Test
    void anUnknownHostKeyIsRefusedBeforeAnyLogin() throws Exception {
        Files.writeString(knownHosts, "");

        assertThat(look("true")).isInstanceOfSatisfying(Undelivered.class, u -> {
            assertThat(u.cause()).isEqualTo(Cause.HOST_KEY);
            assertThat(u.why()).contains("no host key", "pinned");
        });
        assertNoLoginTried();
    }

    @Test
    void aMissingKnownHostsFileIsRefused() throws Exception {
        Files.delete(knownHosts);

        assertThat(look("true")).isInstanceOfSatisfying(Undelivered.class, u -> assertThat(u.cause())
                .isEqualTo(Cause.HOST_KEY));
    }

    /** R25: fail2ban locks out after five within ten minutes, whatever asked for them. */
    @Test
    void aRefusedLoginIsShownFourTimesInTenMinutesAtMost() throws Exception {
        Files.writeString(host.identity().resolveSibling("identity.pub"), "");
        SshAccess access = new SshAccess("127.0.0.1", host.port(), "root", "ssh/test", false);
        AssetId stack = AssetId.parse("here/stack");
        ssh.close();
        ssh = connections(new SshHosts(Map.of(HOST, access, stack, access)), Wiring.direct(), SshLimits.standard());

        for (int minute = 0; minute < 10; minute++) {
            List<CompletableFuture<CommandResult>> asked = List.of(
                    start(Lane.LOOK, "true"),
                    start(Lane.BLOCKING, "true"),
                    ssh.run(stack, RemoteCommand.look(LIMIT, "true")).toCompletableFuture());
            for (CompletableFuture<CommandResult> one : asked) {
                assertThat(one.get()).isInstanceOfSatisfying(Undelivered.class, u -> {
                    assertThat(u.cause()).isEqualTo(Cause.LOGIN);
                    assertThat(u.why()).contains("refused the login with the declared identity");
                });
            }
            assertThat(ssh.open(HOST).toCompletableFuture().get().state()).isEqualTo(State.LOGIN);
            later.addAndGet(Duration.ofMinutes(1).toNanos());
        }

        assertThat(refusals()).isBetween(2L, 4L);
        assertThat(ssh.link(HOST).why()).contains("not shown again within", "unless it is replaced");
    }

    @Test
    void aRefusedLoginIsTakenOnceTheFarSideIsMendedAndThePauseIsOver() throws Exception {
        Path keys = host.identity().resolveSibling("identity.pub");
        String right = Files.readString(keys);
        Files.writeString(keys, "");
        for (int refused = 0; refused < 9; refused++) {
            assertThat(look("true")).isInstanceOf(Undelivered.class);
            later.addAndGet(Duration.ofMinutes(10).toNanos());
        }
        assertThat(refusals()).isEqualTo(9);

        Files.writeString(keys, right);
        assertThat(look("echo", "in")).isEqualTo(new Exited(0, "in\n", ""));
    }

    @Test
    void aReplacedKeyIsShownAtOnce() throws Exception {
        Path keys = host.identity().resolveSibling("identity.pub");
        Files.writeString(keys, "");
        assertThat(look("true")).isInstanceOf(Undelivered.class);

        try (OpenSsh other = OpenSsh.start(folder.resolve("other"))) {
            Files.copy(other.identity().resolveSibling("identity.pub"), keys, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(other.identity(), host.identity(), StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(look("echo", "in")).isEqualTo(new Exited(0, "in\n", ""));
    }

    /** By sshd's own log. */
    private long refusals() {
        return host.log()
                .lines()
                .filter(line -> line.startsWith("Failed publickey"))
                .count();
    }

    @Test
    void aKilledHostIsLostThenRefusedThenReachedAgain() throws Exception {
        host.command("qm", "echo begun >> $EVENTS", "exec sleep 1000");
        CompletableFuture<CommandResult> running = start(Lane.BLOCKING, "qm", "shutdown", "1");
        Until.holds(() -> !host.events().isEmpty());

        host.stop();

        assertThat(running.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(Lost.class);
        Until.holds(() -> ssh.link(HOST).closedByPeerAt().isPresent());
        assertThat(ssh.link(HOST).state()).isEqualTo(State.CLOSED_BY_PEER);
        assertThat(look("true")).isInstanceOfSatisfying(Undelivered.class, u -> assertThat(u.cause())
                .isEqualTo(Cause.UNREACHABLE));
        assertThat(ssh.link(HOST).state()).isEqualTo(State.REFUSED);
        assertThat(ssh.link(HOST).closedByPeerAt()).isPresent();

        host.start();
        assertThat(look("echo", "back")).isEqualTo(new Exited(0, "back\n", ""));
        assertThat(ssh.link(HOST).closedByPeerAt()).isEmpty();
    }

    @Test
    void aDroppedConnectionIsReplacedUnseen() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(look("true")).isInstanceOf(Exited.class);
            host.dropConnections();
            assertThat(look("echo", "same")).isEqualTo(new Exited(0, "same\n", ""));
        }
    }

    @Test
    void aFrozenHostIsLostAfterItsHeartbeats() throws Exception {
        ssh.close();
        SshLimits s = SshLimits.standard();
        ssh = connections(host, heartbeat(Duration.ofSeconds(1), s));
        host.command("qm", "echo begun >> $EVENTS", "exec sleep 1000");
        CompletableFuture<CommandResult> running = start(Lane.BLOCKING, "qm", "shutdown", "1");
        Until.holds(() -> !host.events().isEmpty());

        host.freeze();
        try {
            assertThat(running.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(Lost.class);
            Until.holds(() -> ssh.link(HOST).state() == State.UNREACHABLE, LIMIT, () -> ssh.link(HOST) + "");
            assertThat(ssh.link(HOST).closedByPeerAt()).isEmpty();
            assertThat(look("true")).isInstanceOfSatisfying(Undelivered.class, u -> assertThat(u.cause())
                    .isEqualTo(Cause.UNREACHABLE));
        } finally {
            host.thaw();
        }
        Until.holds(() -> start(Lane.LOOK, "true").join() instanceof Exited, LIMIT, host::log);
        assertThat(look("echo", "back")).isEqualTo(new Exited(0, "back\n", ""));
    }

    @Test
    void aHostThatNeverEndsACommandIsLostPastItsLimit() throws Exception {
        host.command("timeout", "echo begun >> $EVENTS", "exec sleep 1000");
        ssh.close();
        ssh = connections(host, SshLimits.standard().faster(20));

        CommandResult result = start(Lane.BLOCKING, "qm", "shutdown", "1").get(10, TimeUnit.SECONDS);

        assertThat(result).isInstanceOfSatisfying(Lost.class, lost -> assertThat(lost.why())
                .contains("no end within"));
        assertThat(host.events()).containsExactly("begun");
    }

    @Test
    void outputIsCutAndSaysSo() throws Exception {
        Exited result = (Exited) look("head", "-c", "3000000", "/dev/zero");

        assertThat(result.code()).isZero();
        assertThat(result.out()).hasSizeLessThan(1024 * 1024 + 100).contains("cut here: 1951424 more bytes");
    }

    @Test
    void aChildLeftBehindDoesNotHoldTheAnswerUp() throws Exception {
        host.command("off", "echo accepted", "sleep 1000 &");

        CommandResult result = start(Lane.FORCED, "off").get(8, TimeUnit.SECONDS);

        assertThat(result).isEqualTo(new Exited(0, "accepted\n", ""));
    }

    @Test
    void sudoStandsOutsideOfTheTimeLimit() throws Exception {
        host.command("sudo", "printf '%s ' \"$@\"");

        CommandResult result = ssh.run(
                        HOST, RemoteCommand.look(LIMIT, "qm", "status", "105").asRoot(true))
                .toCompletableFuture()
                .get();

        assertThat(result).isEqualTo(new Exited(0, "-n timeout -k 5 20 qm status 105 ", ""));
    }

    @Test
    void argumentsArriveAsTheyWere() throws Exception {
        host.command("show", "for a in \"$@\"; do printf '%s\\n' \"$a\"; done");
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            List<String> values = ShellQuotingTest.values(random, 20);
            List<String> line = new ArrayList<>(List.of("show"));
            line.addAll(values);
            CommandResult result = ssh.run(HOST, new RemoteCommand(line, LIMIT, Lane.LOOK))
                    .toCompletableFuture()
                    .get();
            assertThat(result).isEqualTo(new Exited(0, String.join("\n", values) + "\n", ""));
        }
    }

    @Test
    void openMakesConnectionsStandBeforeTheyAreNeeded() throws Exception {
        assertThat(ssh.open(HOST).toCompletableFuture().get().state()).isEqualTo(State.CONNECTED);
        assertThat(host.logins()).isEqualTo(2);
        assertThat(look("true")).isInstanceOf(Exited.class);
        assertThat(block("true")).isInstanceOf(Exited.class);
        assertThat(host.logins()).isEqualTo(2);
    }

    @Test
    void openMakesRoomForAllThatAHostMayBeSentAtOnce() throws Exception {
        ssh.close();
        ssh = connections(host, SshLimits.standard(), 9);

        assertThat(ssh.open(HOST).toCompletableFuture().get().state()).isEqualTo(State.CONNECTED);
        assertThat(host.logins()).as("one for looks, two for nine commands").isEqualTo(3);
        List<CompletableFuture<CommandResult>> nine = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            nine.add(start(Lane.BLOCKING, "true"));
        }
        assertThat(nine).allSatisfy(each -> assertThat(each.get()).isInstanceOf(Exited.class));
        assertThat(host.logins()).isEqualTo(3);
    }

    @Test
    void aHostWithoutSshIsUndelivered() throws Exception {
        CommandResult result = ssh.run(AssetId.parse("here/other"), RemoteCommand.look(LIMIT, "true"))
                .toCompletableFuture()
                .get();

        assertThat(result).isInstanceOf(Undelivered.class);
    }

    private void assertNoLoginTried() {
        assertThat(host.log()).doesNotContain("Accepted", "publickey", "Failed");
    }

    /** R33: who moves a host moves the connection, not whom it trusts. */
    @Test
    void leavesForAnotherAddressWithTheNextCommandAndTrustsTheDeclaredHostKeyAlone() throws Exception {
        try (OpenSsh stranger = OpenSsh.start(folder.resolve("stranger"))) {
            AtomicInteger port = new AtomicInteger(host.port());
            ssh.close();
            ssh = connections(host, SshLimits.standard(), 1, new Wiring() {
                @Override
                public InetSocketAddress tcp(String declared, int declaredPort) {
                    return new InetSocketAddress(declared, port.get());
                }

                @Override
                public InetSocketAddress udp(String declared, int declaredPort) {
                    return new InetSocketAddress(declared, port.get());
                }
            });
            assertThat(look("echo", "here")).isEqualTo(new Exited(0, "here\n", ""));

            port.set(stranger.port());
            assertThat(look("echo", "still here")).isEqualTo(new Exited(0, "still here\n", ""));
            ssh.leave("127.0.0.1");
            assertThat(look("echo", "there")).isInstanceOf(Undelivered.class);
            assertThat(ssh.link(HOST).state()).isEqualTo(State.HOST_KEY);
            assertThat(stranger.logins()).isZero();

            port.set(host.port());
            ssh.leave("127.0.0.1");
            assertThat(look("echo", "back")).isEqualTo(new Exited(0, "back\n", ""));
            assertThat(host.logins()).isEqualTo(2);
        }
    }

    private void pin() throws Exception {
        Files.writeString(knownHosts, host.knownHostsLine() + "\n");
    }

    private CommandResult look(String... line) throws Exception {
        return start(Lane.LOOK, line).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private CommandResult block(String... line) throws Exception {
        return start(Lane.BLOCKING, line).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private CompletableFuture<CommandResult> start(Lane lane, String... line) {
        return ssh.run(HOST, new RemoteCommand(List.of(line), LIMIT, lane)).toCompletableFuture();
    }

    private KeptSsh connections(OpenSsh to, SshLimits limits) {
        return connections(to, limits, 1);
    }

    private KeptSsh connections(OpenSsh to, SshLimits limits, int sideBySide) {
        return connections(to, limits, sideBySide, Wiring.direct());
    }

    private KeptSsh connections(OpenSsh to, SshLimits limits, int sideBySide, Wiring wiring) {
        SshAccess access = new SshAccess("127.0.0.1", to.port(), "root", "ssh/test", false);
        return connections(new SshHosts(Map.of(HOST, access), Map.of(HOST, sideBySide)), wiring, limits);
    }

    private KeptSsh connections(SshHosts hosts, Wiring wiring, SshLimits limits) {
        return new KeptSsh(
                hosts,
                name -> {
                    try {
                        return new Secret(Files.readAllBytes(host.identity()));
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                knownHosts,
                wiring,
                limits,
                () -> System.nanoTime() + later.get());
    }

    private static SshLimits limits(int connections, int queue, SshLimits s) {
        return new SshLimits(
                s.connect(),
                s.login(),
                s.heartbeat(),
                s.missedHeartbeats(),
                s.margin(),
                s.channels(),
                s.forcedReserve(),
                connections,
                queue,
                s.output(),
                s.speed());
    }

    private static SshLimits heartbeat(Duration heartbeat, SshLimits s) {
        return new SshLimits(
                s.connect(),
                s.login(),
                heartbeat,
                s.missedHeartbeats(),
                s.margin(),
                s.channels(),
                s.forcedReserve(),
                s.connections(),
                s.queue(),
                s.output(),
                s.speed());
    }
}
