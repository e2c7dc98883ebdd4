package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.Node;
import io.ridethrough.lab.host.Condition;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.Secret;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.proxmox.ClusterState;
import io.ridethrough.target.proxmox.GuestState;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodePart;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.proxmox.SshWay;
import io.ridethrough.target.proxmox.api.ApiWay;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.WayTroubleException;
import io.ridethrough.traps.Trap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call to a node's API over TLS through the product's own routes, and its traps by their numbers. */
@Timeout(90)
class ProxmoxOfTheLabTest {
    private static final AssetId ID = AssetId.parse("attic/pve1");
    private static final AssetId WEB = AssetId.parse("attic/web");
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final NodeAsk.State LOOK = new NodeAsk.State(Form.VM, 102);
    private static final NodeAsk.Shutdown DOWN = new NodeAsk.Shutdown(Form.VM, 102, Duration.ofSeconds(200), LIMIT);

    private final Contracts contracts = FakeContracts.atticClusteredWithApi();
    private final Node node = (Node) contracts.asset(ID).orElseThrow();
    private LabTargets targets;
    private ApiWay api;
    private RoutedWays<Node, NodeAsk> both;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        targets = new LabTargets(contracts, folder);
        api = new ApiWay(targets.https, targets.secrets(), new WallTime(LabTargets.SPEED, targets.callers));
        both = Targets.nodes(targets.context, contracts, api, new SshWay(targets.shell));
        targets.start("routes/targets/proxmox-node.yaml");
        both.follow(contracts);
    }

    private boolean answers() {
        try {
            return LabTargets.of(api.version(node)).equals("9.1.4");
        } catch (Exception e) {
            return false;
        }
    }

    @AfterEach
    void stop() throws Exception {
        targets.close();
    }

    @Test
    void everyLookIsAnsweredByTheApiAlone() throws Exception {
        // Time passes faster here: the first call of a cold process may be too slow for its limit.
        Until.holds(this::answers);
        assertThat(LabTargets.of(api.version(node))).isEqualTo("9.1.4");
        assertThat(byApi(LOOK)).isEqualTo(new NodeTold.State(new GuestState.At("running")));
        assertThat(byApi(new NodeAsk.State(Form.CONTAINER, 101)))
                .isEqualTo(new NodeTold.State(new GuestState.At("running")));
        assertThat(listed(Form.VM)).contains(102).doesNotContain(101);
        assertThat(listed(Form.CONTAINER)).contains(101).doesNotContain(102);
        assertThat(byApi(new NodeAsk.Respond(Form.VM, 102))).isInstanceOf(Told.Done.class);
        assertThat(byApi(new NodeAsk.Lock(Form.VM, 102))).isEqualTo(new NodeTold.Lock(""));
        assertThat(byApi(new NodeAsk.Working())).isEqualTo(new NodeTold.Tasks(List.of()));
        assertThat(byApi(new NodeAsk.Tasks(102))).isEqualTo(new NodeTold.Tasks(List.of()));
        targets.world.amiss(ID, Condition.UPDATES_PENDING, true);
        for (NodePart.Kind kind : NodePart.Kind.values()) {
            assertThat(byApi(new NodeAsk.Parts(kind)))
                    .isInstanceOfSatisfying(
                            NodeTold.Parts.class,
                            parts -> assertThat(parts.parts()).isNotEmpty().allMatch(NodePart::isWell));
        }
        assertThat(byApi(new NodeAsk.Rights(Map.of(101, Form.CONTAINER, 102, Form.VM))))
                .isInstanceOf(Told.Done.class);
        assertThat(targets.shell.sent()).isEmpty();
    }

    @Test
    void everyActOnAGuestIsFollowedToTheEndOfItsTask() throws Exception {
        assertThat(byApi(DOWN)).isInstanceOf(Told.Done.class);
        assertThat(targets.world.isRunning(WEB)).isFalse();
        assertThat(byApi(new NodeAsk.Tasks(102)))
                .isInstanceOfSatisfying(
                        NodeTold.Tasks.class, told -> assertThat(told.tasks()).hasSize(1));

        assertThat(byApi(new NodeAsk.Start(Form.VM, 102, LIMIT))).isInstanceOf(Told.Done.class);
        assertThat(targets.world.isRunning(WEB)).isTrue();

        assertThat(byApi(new NodeAsk.Stop(Form.VM, 102, LIMIT))).isInstanceOf(Told.Done.class);
        assertThat(targets.world.isRunning(WEB)).isFalse();
    }

    @Test
    void aNodeTakesItsPowerOffWithoutATaskAndGoesDownLater() throws Exception {
        assertThat(byApi(new NodeAsk.PowerOff(LIMIT))).isInstanceOf(Told.Done.class);

        Until.holds(() -> targets.world.power(ID) == LabHost.State.OFF);
    }

    @Test
    @Trap(2)
    void listsThatComeEmptyWithoutTheRightAreNeverNothing() throws Exception {
        fails(How.NO_RIGHTS);

        assertThat(trouble(new NodeAsk.Guests(Form.VM)).words()).contains("VM.Audit");
        assertThat(trouble(new NodeAsk.Working()).words()).contains("Sys.Audit");
        assertThat(trouble(new NodeAsk.Parts(NodePart.Kind.STORAGE)).words()).contains("Datastore.Audit");
        assertThat(byApi(new NodeAsk.Rights(Map.of(102, Form.VM))).words()).contains("VM.PowerMgmt on /vms/102");
    }

    @Test
    @Trap(6)
    void whatTheNodeDoesNotKnowIsToldByTheReasonPhrase() throws Exception {
        assertThat(byApi(new NodeAsk.State(Form.VM, 777)))
                .isInstanceOfSatisfying(
                        NodeTold.State.class, told -> assertThat(told.state()).isInstanceOf(GuestState.NoSuch.class));
    }

    /** The lab refuses as the real thing does, so that a request with one name too many cannot pass a test. */
    @Test
    @Trap(6)
    void aParameterThatNobodyKnowsIsRefusedWithItsNameAndCallsThatNobodyKnowsAreNotThere() throws Exception {
        HttpReply.Answered one = sent("GET", "/api2/json/nodes/attic-one/storage", Map.of("sort", "name"));
        assertThat(one.status()).isEqualTo(400);
        assertThat(one.reason()).isEqualTo("Parameter verification failed.");
        assertThat(one.body()).contains("\"sort\"");

        HttpReply.Answered two = sent("POST", "/api2/json/nodes/attic-one/qemu/102/status/start", Map.of("force", "1"));
        assertThat(two.status()).isEqualTo(400);
        assertThat(targets.world.isRunning(WEB)).isTrue();
        assertThat(sent("GET", "/api2/json/nodes/attic-one/shares", Map.of()).status())
                .isEqualTo(501);
    }

    @Test
    @Trap(8)
    void aContainerRefusesAtOnceAndAVmInItsTask() throws Exception {
        targets.world.backUp(WEB, Duration.ofHours(1));
        targets.world.backUp(AssetId.parse("attic/dns"), Duration.ofHours(1));

        assertThat(byApi(DOWN)).isInstanceOfSatisfying(Told.Declined.class, no -> assertThat(no.evidence())
                .contains("locked (backup)"));
        assertThat(byApi(new NodeAsk.Shutdown(Form.CONTAINER, 101, Duration.ofSeconds(60), LIMIT)))
                .isInstanceOfSatisfying(
                        Told.Declined.class, no -> assertThat(no.evidence()).contains("locked (backup)"));
        assertThat(tasksOf(102)).containsExactly("vzdump Running", "qmshutdown Failed");
        assertThat(tasksOf(101)).containsExactly("vzdump Running");
    }

    @Test
    @Trap(11)
    void aTaskThatEndsWithWarningsIsDone() throws Exception {
        targets.world.amiss(WEB, Condition.WARNS, true);

        assertThat(byApi(DOWN)).isInstanceOfSatisfying(Told.Done.class, done -> assertThat(done.evidence())
                .contains("WARNINGS: 1"));
        assertThat(targets.world.isRunning(WEB)).isFalse();
        assertThat(tasksOf(102)).containsExactly("qmshutdown Well");
    }

    private List<String> tasksOf(int vmid) throws Exception {
        return ((NodeTold.Tasks) byApi(new NodeAsk.Tasks(vmid)))
                .tasks().stream()
                        .map(task -> task.type() + " " + task.end().getClass().getSimpleName())
                        .toList();
    }

    @Test
    @Trap(9)
    void aGuestThatItsNodeStartedBeforeUsIsNoRefusal() throws Exception {
        assertThat(byApi(new NodeAsk.Start(Form.VM, 102, LIMIT)).words()).contains("already running");
        assertThat(byApi(new NodeAsk.Start(Form.CONTAINER, 101, LIMIT))).isInstanceOf(Told.Done.class);
    }

    @Test
    @Trap(19)
    void aBackupThatRunsIsSeenAndIsAbortedByItsName() throws Exception {
        targets.world.backUp(WEB, Duration.ofHours(1));

        assertThat(byApi(new NodeAsk.Lock(Form.VM, 102))).isEqualTo(new NodeTold.Lock("backup"));
        NodeTold.Tasks working = (NodeTold.Tasks) byApi(new NodeAsk.Working());
        assertThat(working.tasks()).hasSize(1);
        assertThat(byApi(new NodeAsk.Abort(working.tasks().get(0).upid(), LIMIT)))
                .isInstanceOf(Told.Done.class);
        assertThat(byApi(new NodeAsk.Working())).isEqualTo(new NodeTold.Tasks(List.of()));
        assertThat(byApi(new NodeAsk.Lock(Form.VM, 102))).isEqualTo(new NodeTold.Lock(""));
    }

    /** What root began takes a right of its own to end, and so does a word with a guest's agent (protocols 1.2, 1.5). */
    @Test
    void aTokenWithoutTheRightToAbortOrToPingIsToldSoAndIsNotReady() throws Exception {
        targets.world.backUp(WEB, Duration.ofHours(1));
        String backup =
                ((NodeTold.Tasks) byApi(new NodeAsk.Working())).tasks().get(0).upid();
        fails(How.FEWER_RIGHTS);

        assertThat(trouble(new NodeAsk.Abort(backup, LIMIT)).words()).contains("/nodes/attic-one, Sys.Modify");
        assertThat(((NodeTold.Tasks) byApi(new NodeAsk.Working())).tasks()).hasSize(1);
        assertThat(trouble(new NodeAsk.Respond(Form.VM, 102)).words()).contains("/vms/102, VM.GuestAgent.Audit");
        assertThat(byApi(new NodeAsk.Rights(Map.of(101, Form.CONTAINER, 102, Form.VM))))
                .isEqualTo(new Told.Declined(
                        "its token lacks VM.GuestAgent.Audit on /vms/102; Sys.Modify on /nodes/attic-one"));
    }

    /** A right that the other looks do not need (pve-manager, PVE/API2/APT.pm). */
    @Test
    void updatesThatTheTokenMayNotSeeAreAskedForBySsh() throws Exception {
        targets.world.amiss(ID, Condition.UPDATES_PENDING, true);
        NodeAsk.Parts updates = new NodeAsk.Parts(NodePart.Kind.UPDATE);
        assertThat(byApi(updates)).isInstanceOfSatisfying(NodeTold.Parts.class, told -> assertThat(told.parts())
                .hasSize(19));
        fails(How.FEWER_RIGHTS);
        targets.shell.prints(
                "pvesh get /nodes/attic-one/apt/update --output-format json",
                "[{\"Package\":\"pve-manager\",\"Version\":\"9.1.4\"}]");

        assertThat(trouble(updates).words()).contains("RIGHT: 403", "/nodes/attic-one, Sys.Modify");
        assertThat(told(updates))
                .isEqualTo(new NodeTold.Parts(List.of(new NodePart(NodePart.Kind.UPDATE, "pve-manager", "9.1.4"))));
    }

    /** Each of the privileges of protocols 1.2, on its own: the readiness names it, and what needs it does not work. */
    @Test
    @Trap(2)
    void theRightThatLacksIsNamedAndWhatNeedsItIsNotTakenForDone() throws Exception {
        lacks("VM.Audit", "VM.Audit on /vms");
        assertThat(trouble(new NodeAsk.Guests(Form.VM)).words())
                .as("the list is empty, with 200")
                .contains("VM.Audit on /vms", "not all there is");
        assertThat(trouble(LOOK).words()).contains("RIGHT", "/vms/102, VM.Audit");

        lacks("VM.PowerMgmt", "VM.PowerMgmt on /vms/102");
        assertThat(trouble(DOWN)).isInstanceOfSatisfying(Told.Undelivered.class, no -> assertThat(no.evidence())
                .contains("RIGHT: 403", "/vms/102, VM.PowerMgmt"));
        assertThat(byApi(LOOK)).isEqualTo(new NodeTold.State(new GuestState.At("running")));

        lacks("Sys.Audit", "Sys.Audit on /; Sys.Audit on /nodes/attic-one");
        assertThat(trouble(new NodeAsk.Working()).words()).contains("Sys.Audit on /nodes/attic-one", "not all there");
        assertThat(trouble(new NodeAsk.Cluster()).words()).contains("RIGHT", "/, Sys.Audit");
        assertThat(trouble(new NodeAsk.Parts(NodePart.Kind.POOL)).words()).contains("RIGHT", "Sys.Audit");

        lacks("Sys.PowerMgmt", "Sys.PowerMgmt on /nodes/attic-one");
        assertThat(trouble(new NodeAsk.PowerOff(LIMIT)))
                .isInstanceOfSatisfying(Told.Undelivered.class, no -> assertThat(no.evidence())
                        .contains("RIGHT: 403", "/nodes/attic-one, Sys.PowerMgmt"));
        assertThat(targets.world.power(ID)).isEqualTo(LabHost.State.UP);

        lacks("Datastore.Audit", "Datastore.Audit on /storage");
        assertThat(trouble(new NodeAsk.Parts(NodePart.Kind.STORAGE)).words())
                .contains("Datastore.Audit on /storage", "not all there is");
        assertThat(targets.world.isRunning(WEB)).isTrue();
    }

    private void lacks(String privilege, String named) throws Exception {
        targets.world.proxmox(ID).lacks(privilege);
        assertThat(byApi(new NodeAsk.Rights(Map.of(102, Form.VM))))
                .isEqualTo(new Told.Declined("its token lacks " + named));
    }

    /** What a look may have been told before does not count for longer than its right is known to be held. */
    @Test
    @Trap(2)
    void aRunningGuestIsSeenBySshWhereTheTokenLacksTheRightToSeeIt() throws Exception {
        targets.world.proxmox(ID).lacks("VM.Audit");
        targets.shell.prints("qm status 102", "status: running\n");
        targets.shell.fails("qm list", 255, "no route");

        assertThat(told(LOOK)).isEqualTo(new NodeTold.State(new GuestState.At("running")));
        assertThat(told(new NodeAsk.Guests(Form.VM))).as("never an empty list").isNotInstanceOf(NodeTold.Listed.class);
    }

    /** A proxy of the cluster answers for a node that is away (protocols 1.1): numbers that Java has no name for. */
    @Test
    void whatTheProxyDidNotPassOnGoesBySshAndWhatItMayHavePassedOnIsLost() throws Exception {
        targets.shell.prints("qm status 102", "status: running\n").prints("qm shutdown 102", "");
        targets.world.proxmox(ID).isBehindAProxyThatSays(595, "Errors during connection establishment");
        assertThat(told(LOOK)).isEqualTo(new NodeTold.State(new GuestState.At("running")));
        assertThat(told(DOWN)).isInstanceOfSatisfying(Told.Done.class, done -> assertThat(done.evidence())
                .contains("595 Errors during connection establishment"));
        assertThat(targets.shell.sent()).hasSize(2);

        for (int status : List.of(596, 599)) {
            targets.world.proxmox(ID).isBehindAProxyThatSays(status, "Connection timed out");
            assertThat(trouble(LOOK)).isInstanceOf(Told.Undelivered.class);
            assertThat(trouble(DOWN)).isInstanceOfSatisfying(Told.Lost.class, lost -> assertThat(lost.evidence())
                    .contains(status + " Connection timed out"));
        }
        assertThat(told(DOWN)).isInstanceOf(Told.Lost.class);
        assertThat(targets.shell.sent()).as("nothing goes the other way then").hasSize(2);
    }

    @Test
    void aNodeThatRunsAnotherVersionThanDeclaredIsNotReadyWhenItIsAskedInAnotherWay() throws Exception {
        targets.world.amiss(ID, Condition.OLD_VERSION, true);

        assertThat(byApi(new NodeAsk.Rights(Map.of())).words())
                .contains("it runs 7.4.1, its contract says 9.1.4, which is asked in another way");
    }

    @Test
    @Trap(5)
    void aGuestThatTheClusterLooksAfterIsDownWhenItIsAndNotWhenItsTaskIsOver() throws Exception {
        targets.world.lookAfter(WEB);

        assertThat(byApi(DOWN).words()).contains("hastop", "the guest is stopped");
        assertThat(targets.world.isRunning(WEB)).isFalse();
        assertThat(byApi(new NodeAsk.Start(Form.VM, 102, LIMIT)).words()).contains("hastart", "the guest is running");
        assertThat(byApi(new NodeAsk.Stop(Form.VM, 102, LIMIT)).words()).contains("hastop", "the guest is stopped");
    }

    @Test
    void highAvailabilityIsDisarmedWithItsGuestsLeftAloneAndArmedAgain() throws Exception {
        targets.world.lookAfter(WEB);
        assertThat(cluster().quorum()).isEqualTo(ClusterState.Quorum.THERE);
        assertThat(cluster().resources()).containsExactly(new ClusterState.Resource("vm:102", "started"));
        assertThat(cluster().letsGo()).isFalse();

        assertThat(byApi(new NodeAsk.HighAvailability(ClusterState.Wanted.DISARMED, LIMIT)))
                .isInstanceOf(Told.Done.class);
        Until.holds(() -> cluster().letsGo());
        assertThat(byApi(DOWN).words()).contains("qmshutdown");
        assertThat(byApi(new NodeAsk.HighAvailability(ClusterState.Wanted.ARMED, LIMIT)))
                .isInstanceOf(Told.Done.class);
        assertThat(cluster().armed()).isEqualTo(ClusterState.Armed.ARMED);
    }

    /** Each look goes the other way at once; none of them is answered by what is no answer. */
    @ParameterizedTest
    @EnumSource(
            value = How.class,
            names = {"GONE", "SILENT", "BROKEN", "WRONG_ONCE", "NO_RIGHTS"})
    void aLookGoesBySshWhateverIsTheMatterWithTheApi(How how) throws Exception {
        fails(how);
        targets.shell.prints("qm status 102", "status: running\n");

        assertThat(told(LOOK)).isEqualTo(new NodeTold.State(new GuestState.At("running")));
        assertThat(targets.shell.sent()).containsExactly("qm status 102");
    }

    @Test
    void anApiThatIsLateIsWaitedFor() throws Exception {
        fails(How.LATE);

        assertThat(told(LOOK)).isEqualTo(new NodeTold.State(new GuestState.At("running")));
        assertThat(targets.shell.sent()).isEmpty();
    }

    @Test
    void anApiThatOnlyPretendsIsBelievedByNobodyWhoLooks() throws Exception {
        fails(How.PRETENDS);

        assertThat(byApi(DOWN)).isInstanceOf(Told.Done.class);
        assertThat(byApi(LOOK)).isEqualTo(new NodeTold.State(new GuestState.At("running")));
    }

    @Test
    void anActGoesBySshWhereTheApiCertainlyDidNotGetIt() throws Exception {
        fails(How.GONE);
        targets.shell.prints("qm shutdown 102", "");

        assertThat(told(DOWN)).isInstanceOf(Told.Done.class);
        assertThat(acts()).isEmpty();
    }

    @Test
    @Trap(20)
    void aShutdownThatTheApiTookBeforeItWasKilledIsObservedAndNotSentAgain() throws Exception {
        fails(How.DROPS);
        assertThat(told(DOWN)).isInstanceOf(Told.Lost.class);
        fails(How.GONE);
        targets.shell.prints("qm status 102", "status: stopped\n");

        assertThat(told(LOOK)).isEqualTo(new NodeTold.State(new GuestState.At("stopped")));
        assertThat(acts()).containsExactly("/api2/json/nodes/attic-one/qemu/102/status/shutdown");
        assertThat(targets.shell.sent()).containsExactly("qm status 102");
        Until.holds(() -> !targets.world.isRunning(WEB));
    }

    private ClusterState cluster() {
        Told told = api.ask(node, new NodeAsk.Cluster()).toCompletableFuture().join();
        return ((NodeTold.Cluster) told).state();
    }

    private List<Integer> listed(Form form) throws Exception {
        return ((NodeTold.Listed) byApi(new NodeAsk.Guests(form)))
                .list().rows().stream().map(row -> row.vmid()).toList();
    }

    private HttpReply.Answered sent(String method, String path, Map<String, String> with) throws Exception {
        String secret = targets.logins.get(node.api().orElseThrow().secret());
        HttpCall call = method.equals("GET") ? HttpCall.get(path, with, LIMIT) : HttpCall.post(path, with, LIMIT);
        HttpCall signed = call.with("Authorization", Secret.of("PVEAPIToken=" + secret));
        return (HttpReply.Answered) LabTargets.of(targets.https.send(ID, signed));
    }

    private void fails(How how) {
        targets.world.fault(ID, new Fault.Interface(how));
    }

    private List<String> acts() {
        return targets.world.events().stream()
                .filter(event -> event.command().equals("api"))
                .map(event -> event.id())
                .toList();
    }

    private Told byApi(NodeAsk ask) throws Exception {
        return LabTargets.of(api.ask(node, ask));
    }

    private Told told(NodeAsk ask) throws Exception {
        return LabTargets.of(both.ask(ID, ask));
    }

    private Told trouble(NodeAsk ask) {
        Told[] told = new Told[1];
        assertThatThrownBy(() -> byApi(ask))
                .rootCause()
                .isInstanceOfSatisfying(WayTroubleException.class, trouble -> told[0] = trouble.told());
        return told[0];
    }
}
