package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.camel.WallTime;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import io.ridethrough.realparts.OpenSsh;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.target.Pace;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.probe.HttpAsk;
import io.ridethrough.target.probe.NameQuery;
import io.ridethrough.target.probe.Probes;
import io.ridethrough.target.ssh.KeptSsh;
import io.ridethrough.target.ssh.SshHosts;
import io.ridethrough.target.ssh.SshLimits;
import io.ridethrough.target.tcp.SocketKnock;
import io.ridethrough.target.wake.Waker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The attic's first node is a real OpenSSH server with scripted tools; what was done is judged by its own log. */
@Timeout(120)
class RealHostsTest {
    private static final AssetId NODE = AssetId.parse("attic/pve1");
    private static final double SPEED = 10;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private OpenSsh host;
    private KeptSsh ssh;
    private TargetHands hands;

    /** {@code qm} and {@code pct} by protocols 1.4 and 1.6: a guest is running while its file is there. */
    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        host = OpenSsh.start(folder.resolve("host"));
        host.command("qm", tool(102, "qemu-server"));
        host.command("pct", tool(101, "lxc"));
        // Never the machine's own: this one only takes the word.
        host.command("systemctl", "echo systemctl $* >> \"$EVENTS\"");
        for (int vmid : List.of(101, 102)) {
            Files.createFile(host.state().resolve("running." + vmid));
        }
        Path knownHosts = folder.resolve("known_hosts");
        Files.writeString(knownHosts, host.knownHostsLine("192.0.2.11", 22) + "\n");
        Wiring wiring = wiring();
        WallTime time = new WallTime(SPEED, threads);
        Pace pace = new RunPace(time);
        ssh = new KeptSsh(
                new SshHosts(Map.of(NODE, new SshAccess("192.0.2.11", 22, "root", "ssh/attic", false))),
                name -> secret(),
                knownHosts,
                wiring,
                SshLimits.standard().faster(SPEED),
                System::nanoTime);
        SocketKnock knock = new SocketKnock(wiring, pace);
        HttpAsk noHttp = url -> CompletableFuture.completedFuture(new HttpAsk.Told.Silent("not in this test"));
        hands = new TargetHands(new Tools(
                FakeContracts::attic,
                ssh,
                BySsh.nodes(FakeContracts.attic(), ssh),
                BySsh.nases(FakeContracts.attic(), ssh),
                NoInterfaces.HOMES,
                at -> ssh.link(at).closedByPeerAt(),
                knock,
                new Waker(wiring, pace),
                new Probes(ssh, knock, noHttp, new NameQuery(wiring, threads), pace),
                NoInterfaces.HTTPS,
                NoInterfaces.SECRETS,
                NoInterfaces.NUT,
                Runnable::run,
                time));
    }

    @AfterEach
    void stop() {
        ssh.close();
        host.close();
        threads.shutdownNow();
    }

    @Test
    void aVmAndAContainerShutDownAndThenTheirNodeIsProvenOff() throws Exception {
        for (String guest : List.of("web", "dns")) {
            Step down = Steps.of(Verb.SHUT_DOWN, guest);
            assertThat(of(hands.look(down))).isInstanceOf(Sight.Other.class);
            assertThat(of(act(down, 0))).isInstanceOf(Answer.Accepted.class);
            assertThat(of(hands.look(down))).isEqualTo(new Sight.Desired("status: stopped"));
        }
        Step off = Steps.of(Verb.POWER_OFF, "pve1");
        assertThat(of(hands.look(off))).isInstanceOf(Sight.Other.class);
        assertThat(of(act(off, 0))).isInstanceOf(Answer.Accepted.class);
        CompletionStage<Sight> proof = hands.look(off);
        long gone = System.nanoTime();
        host.stop();

        assertThat(of(proof)).isInstanceOfSatisfying(Sight.Desired.class, sight -> assertThat(sight.evidence())
                .contains("accepted", "closed by the peer", "refused"));
        assertThat(Duration.ofNanos(System.nanoTime() - gone))
                .as("quiet time of 10 s at this speed, and little more")
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
        assertThat(host.events())
                .containsExactly(
                        "qm shutdown 102 --timeout " + grace("web"),
                        "pct shutdown 101 --timeout " + grace("dns"),
                        "systemctl poweroff --no-block");
        assertThat(of(hands.look(Steps.of(Verb.SHUT_DOWN, "web")))).isInstanceOf(Sight.Desired.class);
    }

    @Test
    void aHungGuestIsForcedAndOnlyThen() throws Exception {
        Files.createFile(host.state().resolve("hang.102"));
        Step down = Steps.of(Verb.SHUT_DOWN, "web");

        assertThat(of(act(down, 0)))
                .isInstanceOfSatisfying(Answer.Declined.class, answer -> assertThat(answer.evidence())
                        .contains("got timeout"));
        assertThat(of(hands.look(down))).isEqualTo(new Sight.Other("status: running"));
        assertThat(of(act(down, 1))).isInstanceOf(Answer.Accepted.class);

        assertThat(of(hands.look(down))).isInstanceOf(Sight.Desired.class);
        assertThat(host.events())
                .containsExactly("qm shutdown 102 --timeout " + grace("web"), "qm stop 102 --overrule-shutdown 1");
    }

    @Test
    void aNodeThatTakesTheWordButStaysUpIsNotOff() throws Exception {
        Step off = Steps.of(Verb.POWER_OFF, "pve1");
        assertThat(of(act(off, 0))).isInstanceOf(Answer.Accepted.class);
        CompletionStage<Sight> proof = hands.look(off);
        host.dropConnections();

        assertThat(of(proof)).isInstanceOfSatisfying(Sight.Other.class, sight -> assertThat(sight.evidence())
                .contains("not off"));
    }

    private CompletionStage<Answer> act(Step step, int rung) {
        Rung now = hands.ladder(step).get(rung);
        return hands.act(step, now, now.patience());
    }

    private static long grace(String guest) {
        return FakeContracts.attic().sites().values().stream()
                .flatMap(site -> site.guests().stream())
                .filter(g -> g.id().name().equals(guest))
                .findFirst()
                .orElseThrow()
                .grace()
                .toSeconds();
    }

    private static <T> T of(CompletionStage<T> stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static String[] tool(int own, String tree) {
        return new String[] {
            "me=$(basename \"$0\")",
            "if [ \"$1\" = list ]; then exit 0; fi",
            "if [ \"$2\" != " + own + " ]; then",
            "  echo \"Configuration file 'nodes/attic-one/" + tree + "/$2.conf' does not exist\" >&2; exit 2; fi",
            "case $1 in",
            "  status) if [ -e \"$STATE/running.$2\" ]; then echo status: running; else echo status: stopped; fi;;",
            "  shutdown) echo \"$me\" \"$@\" >> \"$EVENTS\"",
            "    if [ -e \"$STATE/hang.$2\" ]; then echo 'VM quit/powerdown failed - got timeout' >&2; exit 255; fi",
            "    rm -f \"$STATE/running.$2\";;",
            "  stop) echo \"$me\" \"$@\" >> \"$EVENTS\"; rm -f \"$STATE/running.$2\";;",
            "  *) exit 255;;",
            "esac"
        };
    }

    private Secret secret() {
        try {
            return new Secret(Files.readAllBytes(host.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Wiring wiring() {
        return new Wiring() {
            @Override
            public InetSocketAddress tcp(String host, int port) {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), RealHostsTest.this.host.port());
            }

            @Override
            public InetSocketAddress udp(String host, int port) {
                throw new AssertionError("no datagrams here");
            }
        };
    }
}
