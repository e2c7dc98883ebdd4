package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.api.TargetReport;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.Node;
import io.ridethrough.target.FakeHttps;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.Secret;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.proxmox.GuestState;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.proxmox.SshWay;
import io.ridethrough.target.proxmox.api.ApiWay;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The product's route template of a node: its API first, SSH second, and no act by both. */
@Timeout(60)
class NodeRoutesTest {
    private static final AssetId NODE = AssetId.parse("attic/pve1");
    private static final String STATUS = "GET /api2/json/nodes/attic-one/qemu/102/status/current";
    private static final String LIST = "GET /api2/json/nodes/attic-one/qemu";
    private static final String SHUTDOWN = "POST /api2/json/nodes/attic-one/qemu/102/status/shutdown";
    private static final HttpReply GONE = new HttpReply.Undelivered(HttpReply.Cause.UNREACHABLE, "Connection refused");
    private static final NodeAsk.State LOOK = new NodeAsk.State(Form.VM, 102);
    private static final NodeAsk.Shutdown ACT =
            new NodeAsk.Shutdown(Form.VM, 102, Duration.ofSeconds(60), Duration.ofSeconds(75));

    private final FakeHttps https = new FakeHttps();
    private final FakeShell shell = new FakeShell();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private Breakers breakers;
    private RoutedWays<Node, NodeAsk> nodes;

    @BeforeEach
    void start() throws Exception {
        context.getRegistry().bind("faults", new Faults());
        breakers = new SshRoutes(context, shell, 1).breakers();
        ApiWay api = new ApiWay(https, name -> Secret.of("rt@pve!t=1"), new VirtualTime());
        nodes = Targets.nodes(context, FakeContracts.atticWithApi(), api, new SshWay(shell));
        for (String file : List.of("routes/errors.yaml", "routes/targets/proxmox-node.yaml")) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + file));
        }
        context.start();
        nodes.follow(FakeContracts.atticWithApi());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void theApiIsTheFirstWay() throws Exception {
        https.data(STATUS, "{\"status\":\"stopped\"}");

        assertThat(ask(LOOK)).isEqualTo(new NodeTold.State(new GuestState.At("stopped")));
        assertThat(shell.sent()).isEmpty();
    }

    @Test
    void aLookGoesTheSecondWayAtOnceWhateverTheTrouble() throws Exception {
        shell.prints("qm status 102", "status: running\n");
        for (HttpReply trouble : List.of(GONE, new HttpReply.Lost("reset"), new HttpReply.TimedOut("75 s"))) {
            https.on(STATUS, trouble);
            assertThat(ask(LOOK)).isEqualTo(new NodeTold.State(new GuestState.At("running")));
        }
    }

    @Test
    void anActThatWasNotSentGoesTheSecondWayAndSaysSo() throws Exception {
        https.on(SHUTDOWN, GONE);
        shell.prints("qm shutdown 102", "");

        assertThat(ask(ACT)).isInstanceOfSatisfying(Told.Done.class, done -> assertThat(done.evidence())
                .contains("by SSH", "Connection refused"));
    }

    @Test
    void anActThatMayHaveBeenSentIsLostAndNotSentAgain() throws Exception {
        for (HttpReply trouble : List.of(new HttpReply.Lost("reset"), new HttpReply.TimedOut("75 s"))) {
            https.on(SHUTDOWN, trouble);
            assertThat(ask(ACT)).isInstanceOf(Told.Lost.class);
        }
        assertThat(shell.sent()).isEmpty();
    }

    @Test
    void whatWasAcceptedBeforeTheApiWasKilledIsLookedAtByTheSecondWay() throws Exception {
        https.data(SHUTDOWN, "\"UPID:attic-one:0003A1B2:0123ABCD:65A1B2C3:qmshutdown:102:rt@pve!t:\"");
        https.on(
                "GET /api2/json/nodes/attic-one/tasks/UPID%3Aattic-one%3A0003A1B2%3A0123ABCD%3A65A1B2C3"
                        + "%3Aqmshutdown%3A102%3Art%40pve%21t%3A/status",
                GONE);
        https.on(STATUS, GONE);
        shell.prints("qm status 102", "status: stopped\n");

        assertThat(ask(ACT)).isInstanceOf(Told.Lost.class);
        assertThat(ask(LOOK)).isEqualTo(new NodeTold.State(new GuestState.At("stopped")));
        assertThat(shell.sent()).containsExactly("qm status 102");
    }

    @Test
    void conflictsNeverOpenTheBreakerAndTroubleDoes() throws Exception {
        https.says(SHUTDOWN, 500, "VM is locked (backup)");
        for (int i = 0; i < 10; i++) {
            assertThat(ask(ACT)).isInstanceOf(Told.Declined.class);
        }
        assertThat(https.sent()).hasSize(10);

        https.on(STATUS, GONE);
        shell.prints("qm status 102", "status: running\n");
        for (int i = 0; i < 10; i++) {
            assertThat(ask(LOOK)).isInstanceOf(NodeTold.State.class);
        }
        assertThat(https.sent()).hasSizeBetween(12, 17);
        assertThat(shell.sent()).hasSize(10);
    }

    /** What the node itself says is no trouble of the way, for looks as for acts: the other way answers all the same. */
    @ParameterizedTest
    @CsvSource({
        "403, 'Permission check failed (/vms/102, VM.Audit)'",
        "500, 'got no worker upid'",
        "501, 'Method not implemented'"
    })
    void whatTheNodeAnswersToALookNeverOpensTheBreaker(int status, String reason) throws Exception {
        https.data("GET /api2/json/access/permissions", "{\"/vms\":{\"VM.Audit\":1}}");
        https.says(LIST, status, reason);
        shell.prints("qm list", "");

        for (int i = 0; i < 10; i++) {
            assertThat(ask(new NodeAsk.Guests(Form.VM))).isInstanceOf(NodeTold.Listed.class);
        }

        assertThat(https.sent()).filteredOn(call -> call.startsWith(LIST)).hasSize(10);
        assertThat(shell.sent()).hasSize(10);
        assertThat(breakers.ways()).extracting(TargetReport.WayState::state).containsOnly(TargetReport.State.CLOSED);
    }

    @Test
    void anUnchangedNodeKeepsItsOpenBreakerOverAReloadAndAChangedOneBeginsAnew() throws Exception {
        https.on(STATUS, GONE);
        shell.prints("qm status 102", "status: running\n");
        for (int i = 0; i < 6; i++) {
            assertThat(ask(LOOK)).isInstanceOf(NodeTold.State.class);
        }
        int untilItOpened = https.sent().size();
        assertThat(untilItOpened).isLessThan(6);

        nodes.follow(FakeContracts.atticWithApi("    boot: 180s\n", "    api: {}\n"));
        assertThat(context.getRoute("proxmox-attic/pve2")).isNotNull();
        assertThat(ask(LOOK)).isInstanceOf(NodeTold.State.class);
        assertThat(https.sent()).as("its breaker is open still").hasSize(untilItOpened);

        nodes.follow(FakeContracts.atticWithApi("    node-name: attic-one\n", "    stops-at-once: 2\n"));
        assertThat(context.getRoute("proxmox-attic/pve2"))
                .as("it declares no API any more")
                .isNull();
        https.data(STATUS, "{\"status\":\"stopped\"}");
        assertThat(ask(LOOK)).isEqualTo(new NodeTold.State(new GuestState.At("stopped")));
    }

    @Test
    void whetherAContainerRespondsOnlySshCanTell() throws Exception {
        shell.prints("pct exec 101 -- true", "");

        assertThat(ask(new NodeAsk.Respond(Form.CONTAINER, 101))).isInstanceOf(Told.Done.class);
        assertThat(https.sent()).isEmpty();
    }

    @Test
    void aNodeWithoutAnApiHasSshOnly() throws Exception {
        shell.prints("sudo -n qm status 102", "status: running\n");

        nodes.ask(AssetId.parse("attic/pve2"), LOOK).toCompletableFuture().get(20, TimeUnit.SECONDS);

        assertThat(https.sent()).isEmpty();
        assertThat(shell.sent()).containsExactly("sudo -n qm status 102");
    }

    private Told ask(NodeAsk ask) throws Exception {
        return nodes.ask(NODE, ask).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
