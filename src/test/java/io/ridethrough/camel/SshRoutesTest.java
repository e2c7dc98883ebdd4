package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.realparts.OpenSsh;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.SecretFiles;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.CommandResult.Cause;
import io.ridethrough.target.ssh.CommandResult.Exited;
import io.ridethrough.target.ssh.CommandResult.Lost;
import io.ridethrough.target.ssh.CommandResult.Undelivered;
import io.ridethrough.target.ssh.KeptSsh;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.RemoteCommand.Lane;
import io.ridethrough.target.ssh.SshHosts;
import io.ridethrough.target.ssh.SshLimits;
import io.ridethrough.target.way.Commanded;
import io.ridethrough.target.way.Told;
import io.ridethrough.traps.Trap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The product's route template before two real OpenSSH hosts. */
@Timeout(60)
class SshRoutesTest {
    private static final AssetId A = AssetId.parse("here/a");
    private static final AssetId B = AssetId.parse("here/b");
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Breakers stay open for a second instead of ten. */
    private static final double SPEED = 10;

    private OpenSsh a;
    private OpenSsh b;
    private Path knownHosts;
    private KeptSsh connections;
    private DefaultCamelContext context;
    private RoutedShell shell;

    @BeforeEach
    void startHostsAndRoutes(@TempDir Path folder) throws Exception {
        a = OpenSsh.start(folder.resolve("a"));
        b = OpenSsh.start(folder.resolve("b"));
        knownHosts = folder.resolve("known_hosts");
        Files.write(knownHosts, List.of(a.knownHostsLine(), b.knownHostsLine()));
        SshHosts hosts = new SshHosts(Map.of(A, access(a, "a/identity"), B, access(b, "b/identity")));
        connections = new KeptSsh(
                hosts, new SecretFiles(folder), knownHosts, Wiring.direct(), SshLimits.standard(), System::nanoTime);
        context = new DefaultCamelContext();
        context.getRegistry().bind("faults", new Faults());
        SshRoutes routes = new SshRoutes(context, connections, SPEED);
        for (String file : List.of("routes/errors.yaml", "routes/targets/ssh-host.yaml")) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + file));
        }
        context.start();
        routes.follow(hosts.all());
        shell = new RoutedShell(context);
    }

    @AfterEach
    void stop() {
        context.stop();
        connections.close();
        a.close();
        b.close();
    }

    @Test
    @Trap(1)
    void conflictsAreAnswersAndNeverOpenTheBreaker() throws Exception {
        a.command("qm", "echo 'got no lock' >&2", "exit 255");
        for (int i = 0; i < 10; i++) {
            assertThat(look(A, "qm", "list")).isEqualTo(new Exited(255, "", "got no lock\n"));
        }
        assertThat(a.logins()).isEqualTo(1);
    }

    /** The script that setup prints says no to one line, not to its host; other ways to the same end are still to be tried. */
    @Test
    void aLineThatTheForcedCommandRefusesIsNeverRunAndNeverOpensTheBreaker() throws Exception {
        a.command("qm", "echo 'ridethrough-only: not permitted: qm list' >&2", "exit 126");
        a.command("pct", "echo 'pct: not permitted' >&2", "exit 126");
        for (int i = 0; i < 8; i++) {
            CommandResult refused = look(A, "qm", "list");
            assertThat(refused).isInstanceOfSatisfying(Undelivered.class, u -> assertThat(u.cause())
                    .isEqualTo(Cause.NOT_PERMITTED));
            assertThat(Commanded.told(refused))
                    .isInstanceOfSatisfying(Told.Undelivered.class, told -> assertThat(told.evidence())
                            .contains("print it anew: setup here/a"));
            assertThat(look(A, "pct", "list")).isEqualTo(new Exited(126, "", "pct: not permitted\n"));
        }
    }

    @Test
    void theBreakerOfAHostInTroubleOpensAndLetsGoAgainWhileOthersGoOn() throws Exception {
        assertThat(look(A, "echo", "a")).isEqualTo(new Exited(0, "a\n", ""));
        a.stop();

        List<String> said = new ArrayList<>();
        Until.holds(
                () -> {
                    said.add(undelivered(A));
                    return said.get(said.size() - 1).startsWith("breaker open");
                },
                LIMIT,
                said::toString);
        assertThat(said).hasSizeBetween(3, 8);
        assertThat(said.get(said.size() - 1)).contains("breaker-here/a", "refuses connections");
        assertThat(look(B, "echo", "b")).isEqualTo(new Exited(0, "b\n", ""));

        a.start();
        Until.holds(() -> answers(A), LIMIT, () -> "the breaker never let go");
        for (int i = 0; i < 3; i++) {
            assertThat(look(A, "echo", "a")).isEqualTo(new Exited(0, "a\n", ""));
        }
    }

    @Test
    @Trap(1)
    void aConnectionLostInMidCommandIsATypedResult() throws Exception {
        a.command("qm", "echo begun >> $EVENTS", "exec sleep 1000");
        CompletableFuture<CommandResult> running = start(A, Lane.BLOCKING, "qm", "shutdown", "1");
        Until.holds(() -> !a.events().isEmpty());

        a.stop();

        assertThat(running.get(10, TimeUnit.SECONDS)).isInstanceOf(Lost.class);
    }

    @Test
    void aChangedHostKeyIsATypedResult() throws Exception {
        a.changeHostKey();

        for (int i = 0; i < 8; i++) {
            assertThat(look(A, "true"))
                    .as("the same with an open breaker")
                    .isInstanceOfSatisfying(
                            Undelivered.class, u -> assertThat(u.cause()).isEqualTo(Cause.HOST_KEY));
        }
        assertThat(look(B, "true")).isInstanceOf(Exited.class);
    }

    @Test
    void thirtyBlockingCommandsHoldNoThreadAndNoLook() throws Exception {
        a.command("qm", "echo $2 >> $EVENTS", "while [ ! -e $STATE/go ]; do sleep 0.02; done");
        assertThat(look(A, "true")).isInstanceOf(Exited.class);
        long before = threads();
        List<CompletableFuture<CommandResult>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(start(A, Lane.BLOCKING, "qm", "shutdown", "" + i));
        }
        Until.holds(() -> a.events().size() == 30, LIMIT, () -> a.events().toString());

        assertThat(threads() - before).as("threads for thirty commands").isLessThan(20);
        assertThat(look(A, "echo", "here")).isEqualTo(new Exited(0, "here\n", ""));
        assertThat(all).noneMatch(CompletableFuture::isDone);
        Files.createFile(a.state().resolve("go"));
        for (CompletableFuture<CommandResult> each : all) {
            assertThat(each.get(20, TimeUnit.SECONDS)).isEqualTo(new Exited(0, "", ""));
        }
    }

    @Test
    void aHostWithoutARouteIsUndelivered() throws Exception {
        assertThat(look(AssetId.parse("here/c"), "true")).isInstanceOf(Undelivered.class);
    }

    /** Those of Camel and of the SSH client; others in this process come and go. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName().toLowerCase(Locale.ROOT))
                .filter(name -> name.contains("camel") || name.contains("ssh"))
                .count();
    }

    private String undelivered(AssetId host) {
        CommandResult result = start(host, Lane.LOOK, "true").join();
        return result instanceof Undelivered undelivered ? undelivered.why() : result.toString();
    }

    private boolean answers(AssetId host) {
        return start(host, Lane.LOOK, "true").join() instanceof Exited;
    }

    private CommandResult look(AssetId host, String... line) throws Exception {
        return start(host, Lane.LOOK, line).get(20, TimeUnit.SECONDS);
    }

    private CompletableFuture<CommandResult> start(AssetId host, Lane lane, String... line) {
        return shell.run(host, new RemoteCommand(List.of(line), LIMIT, lane)).toCompletableFuture();
    }

    private static SshAccess access(OpenSsh host, String identity) {
        return new SshAccess("127.0.0.1", host.port(), "root", identity, false);
    }
}
