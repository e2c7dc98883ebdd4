package io.ridethrough.target.proxmox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.Node;
import io.ridethrough.target.FakeHttps;
import io.ridethrough.target.Secret;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.proxmox.GuestList;
import io.ridethrough.target.proxmox.GuestState;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodePart;
import io.ridethrough.target.proxmox.NodeTask;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.WayTroubleException;
import io.ridethrough.traps.Trap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The traps of protocols 1.1, 1.3, 1.4 and 11, each by its name. */
class ApiWayTest {
    private static final String ROOT = "/api2/json/nodes/attic-one";
    private static final String SHUTDOWN = "POST " + ROOT + "/qemu/102/status/shutdown";
    private static final String STATUS = "GET " + ROOT + "/qemu/102/status/current";
    private static final Duration LIMIT = Duration.ofSeconds(75);
    private static final NodeAsk.Shutdown STOP_WEB = new NodeAsk.Shutdown(Form.VM, 102, Duration.ofSeconds(60), LIMIT);

    private final VirtualTime time = new VirtualTime();
    private final FakeHttps https = new FakeHttps();
    private final Node node = withApi();
    private String token = "rt@pve!ridethrough=11111111-2222-3333-4444-555555555555";
    private final ApiWay way = new ApiWay(https, name -> Secret.of(token), time);

    @Test
    void aStateComesWithTheTokenAndPausedIsNotRunning() {
        https.data(STATUS, "{\"status\":\"running\",\"qmpstatus\":\"paused\"}");

        assertThat(told(new NodeAsk.State(Form.VM, 102))).isEqualTo(new NodeTold.State(new GuestState.At("paused")));
        assertThat(https.calls()
                        .get(0)
                        .headers()
                        .getOrDefault("Authorization", Secret.of(""))
                        .text())
                .isEqualTo("PVEAPIToken=" + token);
    }

    @Test
    @Trap(6)
    void aGuestThatIsNotThereIsToldByTheReasonPhrase() {
        https.says(STATUS, 500, "Configuration file 'nodes/attic-one/qemu-server/102.conf' does not exist");

        assertThat(told(new NodeAsk.State(Form.VM, 102)))
                .isInstanceOfSatisfying(
                        NodeTold.State.class, state -> assertThat(state.state()).isInstanceOf(GuestState.NoSuch.class));
    }

    @Test
    @Trap(2)
    void anEmptyListWithoutTheRightIsNeverNothingRuns() {
        https.data("GET /api2/json/access/permissions", "{\"/vms/105\":{\"VM.Audit\":1}}")
                .data("GET " + ROOT + "/qemu", "[]");

        assertThat(trouble(new NodeAsk.Guests(Form.VM)))
                .isInstanceOfSatisfying(Told.Undelivered.class, told -> assertThat(told.evidence())
                        .contains("VM.Audit"));
        assertThat(https.sent()).noneMatch(sent -> sent.contains("/qemu"));
    }

    @Test
    void aListWithTheRightIsReadWithQuotedNumbersAndBooleansToo() {
        https.data("GET /api2/json/access/permissions", "{\"/vms\":{\"VM.Audit\":\"1\"}}")
                .data(
                        "GET " + ROOT + "/lxc",
                        "[{\"vmid\":\"101\",\"name\":\"dns\",\"status\":\"stopped\",\"lock\":\"backup\"}]");

        assertThat(told(new NodeAsk.Guests(Form.CONTAINER)))
                .isInstanceOfSatisfying(NodeTold.Listed.class, listed -> assertThat(
                                listed.list().rows())
                        .containsExactly(new GuestList.Row(Form.CONTAINER, 101, "dns", "stopped", "backup")));
        assertThat(https.sent()).endsWith("GET " + ROOT + "/lxc");
    }

    @Test
    void aShutdownIsDoneWhenItsTaskEnded() {
        https.data(SHUTDOWN, quoted("qmshutdown"))
                .on(
                        task("qmshutdown"),
                        stands("{\"status\":\"running\"}"),
                        stands("{\"status\":\"running\"}"),
                        stands("{\"status\":\"stopped\",\"exitstatus\":\"OK\"}"));

        assertThat(told(STOP_WEB)).isInstanceOf(Told.Done.class);
        assertThat(https.sent().get(0)).isEqualTo(SHUTDOWN + " forceStop=0&timeout=60");
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    @Trap(11)
    void aTaskThatEndsWithWarningsIsASuccess() {
        https.data(SHUTDOWN, quoted("qmshutdown"))
                .on(task("qmshutdown"), stands("{\"status\":\"stopped\",\"exitstatus\":\"WARNINGS: 2\"}"));

        assertThat(told(STOP_WEB)).isInstanceOf(Told.Done.class);
    }

    @Test
    void anUnexpectedStatusIsUnknownAndNoFailure() {
        https.data(SHUTDOWN, quoted("qmshutdown"))
                .on(task("qmshutdown"), stands("{\"status\":\"stopped\",\"exitstatus\":\"unexpected status\"}"));

        assertThat(told(STOP_WEB)).isInstanceOf(Told.Lost.class);
    }

    @Test
    @Trap(8)
    void aVmRefusesInItsTaskAndAContainerAtOnce() {
        String late = "VM quit/powerdown failed - got timeout";
        https.data(SHUTDOWN, quoted("qmshutdown"))
                .on(task("qmshutdown"), stands("{\"status\":\"stopped\",\"exitstatus\":\"" + late + "\"}"))
                .says("POST " + ROOT + "/lxc/101/status/shutdown", 500, "CT is locked (backup)");

        assertThat(told(STOP_WEB)).isInstanceOfSatisfying(Told.Declined.class, told -> assertThat(told.evidence())
                .contains(late));
        assertThat(told(new NodeAsk.Shutdown(Form.CONTAINER, 101, Duration.ofSeconds(60), LIMIT)))
                .isEqualTo(new Told.Declined("500 CT is locked (backup)"));
    }

    @Test
    @Trap(9)
    void aStateConflictThatSaysSoAlreadyIsDoneAndNeverTrouble() {
        https.says("POST " + ROOT + "/lxc/105/status/shutdown", 500, "CT 105 not running")
                .data("POST " + ROOT + "/qemu/102/status/start", quoted("qmstart"))
                .on(task("qmstart"), stands("{\"status\":\"stopped\",\"exitstatus\":\"VM 102 already running\"}"));

        assertThat(told(new NodeAsk.Shutdown(Form.CONTAINER, 105, Duration.ofSeconds(60), LIMIT)))
                .isInstanceOf(Told.Done.class);
        assertThat(told(new NodeAsk.Start(Form.VM, 102, LIMIT))).isInstanceOf(Told.Done.class);
    }

    @Test
    @Trap(5)
    void aGuestOfHighAvailabilityIsOffOnlyWhenItsOwnStateSaysSo() {
        https.data(SHUTDOWN, quoted("hastop"))
                .on(task("hastop"), stands("{\"status\":\"stopped\",\"exitstatus\":\"OK\"}"))
                .on(
                        STATUS,
                        stands("{\"status\":\"running\"}"),
                        stands("{\"status\":\"running\"}"),
                        stands("{\"status\":\"stopped\"}"));

        assertThat(told(STOP_WEB)).isInstanceOf(Told.Done.class);

        https.data(STATUS, "{\"status\":\"running\"}");
        assertThat(told(STOP_WEB)).isInstanceOf(Told.Lost.class);
    }

    @Test
    void aStopOfAGuestOfHighAvailabilityIsAskedWithoutOverruling() {
        String stop = "POST " + ROOT + "/qemu/102/status/stop";
        https.on(
                        stop,
                        FakeHttps.answered(400, "Not applicable for HA resources", "{\"data\":null}"),
                        stands(quoted("qmstop")))
                .on(task("qmstop"), stands("{\"status\":\"stopped\",\"exitstatus\":\"OK\"}"));

        assertThat(told(new NodeAsk.Stop(Form.VM, 102, LIMIT))).isInstanceOf(Told.Done.class);
        assertThat(https.sent()).startsWith(stop + " overrule-shutdown=1", stop);
    }

    @Test
    void aRefusedLoginIsNeverRetriedUntilTheTokenIsAnother() {
        https.says(STATUS, 401, "invalid token value!");

        assertThat(trouble(new NodeAsk.State(Form.VM, 102))).isInstanceOf(Told.Undelivered.class);
        assertThat(trouble(new NodeAsk.State(Form.VM, 102))).isInstanceOf(Told.Undelivered.class);
        assertThat(https.sent()).hasSize(1);

        token = "rt@pve!ridethrough=66666666-2222-3333-4444-555555555555";
        https.data(STATUS, "{\"status\":\"stopped\"}");
        assertThat(told(new NodeAsk.State(Form.VM, 102))).isInstanceOf(NodeTold.State.class);
    }

    @Test
    void aMissingRightIsTroubleOfTheWayAndNothingWasDone() {
        https.says(SHUTDOWN, 403, "Permission check failed (/vms/102, VM.PowerMgmt)");

        assertThat(trouble(STOP_WEB)).isInstanceOfSatisfying(Told.Undelivered.class, told -> assertThat(told.evidence())
                .contains("VM.PowerMgmt"));
    }

    @Test
    void aProxyThatReachedNobodyDidNothingAndOneThatLostTheAnswerMayHave() {
        https.says(SHUTDOWN, 595, "No route to host");
        assertThat(trouble(STOP_WEB)).isInstanceOf(Told.Undelivered.class);

        https.says(SHUTDOWN, 596, "Broken pipe");
        assertThat(trouble(STOP_WEB)).isInstanceOf(Told.Lost.class);

        https.says(SHUTDOWN, 599, "Too many redirections");
        assertThat(trouble(STOP_WEB)).isInstanceOf(Told.Lost.class);
    }

    @Test
    void whatWasAcceptedBeforeTheConnectionWentIsLostAndSentOnce() {
        https.data(SHUTDOWN, quoted("qmshutdown"))
                .on(
                        task("qmshutdown"),
                        stands("{\"status\":\"running\"}"),
                        new HttpReply.Undelivered(HttpReply.Cause.UNREACHABLE, "Connection refused"));

        assertThat(trouble(STOP_WEB)).isInstanceOfSatisfying(Told.Lost.class, told -> assertThat(told.evidence())
                .contains("was accepted"));
        assertThat(https.sent()).filteredOn(sent -> sent.startsWith("POST")).hasSize(1);
    }

    @Test
    void aTaskThatOutlivesTheLimitIsLostAndTheApiIsNotBlamed() {
        https.data(SHUTDOWN, quoted("qmshutdown")).data(task("qmshutdown"), "{\"status\":\"running\"}");

        assertThat(told(STOP_WEB)).isInstanceOf(Told.Lost.class);
        assertThat(time.elapsed()).isBetween(LIMIT, LIMIT.plusSeconds(2));
    }

    @Test
    void aNodeTakesItsPowerOffWithoutATask() {
        https.data("POST " + ROOT + "/status", "null");

        assertThat(told(new NodeAsk.PowerOff(LIMIT))).isInstanceOf(Told.Done.class);
        assertThat(https.sent()).containsExactly("POST " + ROOT + "/status command=shutdown");
    }

    @Test
    void whatRunsOnTheNodeIsSeenWithTheRightToSeeIt() {
        String upid = quoted("vzdump");
        https.data("GET /api2/json/access/permissions", "{\"/\":{\"Sys.Audit\":1}}")
                .data(
                        "GET " + ROOT + "/tasks",
                        "[{\"upid\":" + upid + ",\"type\":\"vzdump\",\"id\":\"\",\"status\":\"RUNNING\"},"
                                + "{\"upid\":" + upid + ",\"type\":\"vzdump\",\"endtime\":9,\"status\":\"OK\"}]");

        assertThat(told(new NodeAsk.Working()))
                .isInstanceOfSatisfying(NodeTold.Tasks.class, told -> assertThat(told.tasks())
                        .extracting(NodeTask::runs)
                        .containsExactly(true, false));
        assertThat(https.sent()).last().asString().endsWith("/tasks source=active");
    }

    @Test
    void aTaskIsAbortedByItsNameAndOnlyByOne() {
        String abort = task("vzdump").replace("GET ", "DELETE ").replace("/status", "");
        https.data(abort, "null");

        assertThat(told(new NodeAsk.Abort(quoted("vzdump").replace("\"", ""), LIMIT)))
                .isInstanceOf(Told.Done.class);
        assertThat(told(new NodeAsk.Abort("../status", LIMIT))).isInstanceOf(Told.Declined.class);
        assertThat(https.sent()).containsExactly(abort);

        https.says(abort, 403, "Permission check failed (/nodes/attic-one, Sys.Modify)");
        assertThat(trouble(new NodeAsk.Abort(quoted("vzdump").replace("\"", ""), LIMIT)))
                .isInstanceOf(Told.Undelivered.class);
    }

    @Test
    void theTasksOfAGuestCountOnlyWithTheRightToSeeAllOfThem() {
        https.data("GET " + ROOT + "/tasks", "[]").data("GET /api2/json/access/permissions", "{}");
        assertThat(trouble(new NodeAsk.Tasks(102)))
                .isInstanceOfSatisfying(Told.Undelivered.class, told -> assertThat(told.evidence())
                        .contains("Sys.Audit"));

        https.data("GET /api2/json/access/permissions", "{\"/nodes\":{\"Sys.Audit\":1}}");
        assertThat(told(new NodeAsk.Tasks(102))).isEqualTo(new NodeTold.Tasks(List.of()));
        assertThat(https.sent()).last().asString().contains("source=all", "vmid=102");
    }

    @Test
    @Trap(2)
    void anEmptyListOfStoragesWithoutTheRightIsNeverWell() {
        https.data("GET " + ROOT + "/storage", "[]").data("GET /api2/json/access/permissions", "{}");
        assertThat(trouble(new NodeAsk.Parts(NodePart.Kind.STORAGE))).isInstanceOf(Told.Undelivered.class);

        https.data("GET /api2/json/access/permissions", "{\"/storage\":{\"Datastore.Audit\":1}}")
                .data(
                        "GET " + ROOT + "/storage",
                        "[{\"storage\":\"local\",\"active\":\"1\",\"enabled\":1},{\"storage\":\"nas\",\"active\":0,"
                                + "\"enabled\":1},{\"storage\":\"old\",\"active\":0,\"enabled\":0},{\"storage\":\"odd\"}]");
        assertThat(parts(NodePart.Kind.STORAGE))
                .containsExactly(
                        "storage local is active",
                        "storage nas is inactive",
                        "storage old is disabled",
                        "storage odd is without a status");
    }

    @Test
    void poolsAndServicesAreToldOrRefusedAndNeverGuessed() {
        https.data("GET " + ROOT + "/disks/zfs", "[{\"name\":\"tank\",\"health\":\"DEGRADED\"}]");
        assertThat(parts(NodePart.Kind.POOL)).containsExactly("pool tank is DEGRADED");

        https.says("GET " + ROOT + "/disks/zfs", 403, "Permission check failed (/, Sys.Audit)");
        assertThat(trouble(new NodeAsk.Parts(NodePart.Kind.POOL))).isInstanceOf(Told.Undelivered.class);

        NodePart.SERVICES.forEach(service -> https.data(
                "GET " + ROOT + "/services/" + service + "/state",
                "{\"state\":\"running\",\"active-state\":\"" + (service.equals("pvestatd") ? "failed" : "active")
                        + "\"}"));
        assertThat(parts(NodePart.Kind.SERVICE)).hasSize(5).contains("service pvestatd is failed");
    }

    private List<String> parts(NodePart.Kind kind) {
        return ((NodeTold.Parts) told(new NodeAsk.Parts(kind)))
                .parts().stream().map(NodePart::toString).toList();
    }

    @Test
    void aTokenSufficesWithTheRightToPingByTheVersionAndToAbortWhatRootBegan() {
        String rest = "\"VM.Audit\":1,\"VM.PowerMgmt\":1,\"Sys.Audit\":1,\"Sys.PowerMgmt\":1,\"Datastore.Audit\":1";
        NodeAsk.Rights rights = new NodeAsk.Rights(Map.of(101, Form.CONTAINER, 102, Form.VM));
        https.data("GET /api2/json/version", "{\"version\":\"8.4.1\"}")
                .data("GET /api2/json/access/permissions", "{\"/\":{" + rest + "}}");
        assertThat(told(rights))
                .isEqualTo(new Told.Declined("its token lacks VM.Monitor on /vms/102; Sys.Modify on /nodes/attic-one"));

        https.data(
                "GET /api2/json/access/permissions",
                "{\"/\":{" + rest + "},\"/vms/102\":{\"VM.Monitor\":1},\"/nodes/attic-one\":{\"Sys.Modify\":1}}");
        assertThat(told(rights)).isEqualTo(new Told.Done("logs in and holds every right that is needed"));
    }

    /** Protocols 1.2: a node shows its pools to who may see the root. With 0 a right is held at its path, and not below. */
    @Test
    void aTokenDoesNotSufficeThatMaySeeTheNodeButNotTheRootWhichItsPoolsNeed() {
        String below = "\"/vms\":{\"VM.Audit\":1,\"VM.PowerMgmt\":1},\"/storage\":{\"Datastore.Audit\":1},"
                + "\"/nodes/attic-one\":{\"Sys.Audit\":1,\"Sys.Modify\":1,\"Sys.PowerMgmt\":1}";
        NodeAsk.Rights rights = new NodeAsk.Rights(Map.of(101, Form.CONTAINER));
        https.data("GET /api2/json/version", "{\"version\":\"8.4.1\"}")
                .data("GET /api2/json/access/permissions", "{" + below + "}");
        assertThat(told(rights)).isEqualTo(new Told.Declined("its token lacks Sys.Audit on /"));

        https.data("GET /api2/json/access/permissions", "{\"/\":{\"Sys.Audit\":0}," + below + "}");
        assertThat(told(rights)).isInstanceOf(Told.Done.class);

        https.data(
                "GET /api2/json/access/permissions",
                "{\"/\":{\"Sys.Audit\":0},"
                        + below.replace("\"Sys.Audit\":1,", "").replace("VM.Audit\":1", "VM.Audit\":0") + "}");
        assertThat(told(rights))
                .as("what is not handed down is not held below")
                .isEqualTo(new Told.Declined("its token lacks VM.Audit on /vms; Sys.Audit on /nodes/attic-one"));
    }

    @Test
    void updatesAreToldWithTheRightToThemAndItsLackIsToldOfNothingElse() {
        String updates = "GET " + ROOT + "/apt/update";
        https.data(updates, "[{\"Package\":\"pve-manager\",\"OldVersion\":\"8.4.1\",\"Version\":\"8.4.14\"}]");
        assertThat(parts(NodePart.Kind.UPDATE)).containsExactly("update pve-manager is 8.4.14");

        https.says(updates, 403, "Permission check failed (/nodes/attic-one, Sys.Modify)");
        assertThat(trouble(new NodeAsk.Parts(NodePart.Kind.UPDATE))).isInstanceOf(Told.Undelivered.class);
    }

    @Test
    void anotherVersionThanDeclaredIsToldAndIsNoReadinessWhereItTakesOtherRequests() {
        https.data("GET /api2/json/version", "{\"version\":\"8.3.2\"}")
                .data(
                        "GET /api2/json/access/permissions",
                        "{\"/\":{\"VM.Audit\":1,\"Sys.Audit\":1,\"Sys.PowerMgmt\":1,\"Sys.Modify\":1,"
                                + "\"Datastore.Audit\":1}}");
        assertThat(told(new NodeAsk.Rights(Map.of())))
                .isInstanceOfSatisfying(Told.Done.class, told -> assertThat(told.evidence())
                        .contains("it runs 8.3.2, its contract says 8.4.1"));

        for (String other : List.of("8.1.9", "9.0.3", "9.1.1", "")) {
            https.data("GET /api2/json/version", "{\"version\":\"" + other + "\"}");
            assertThat(told(new NodeAsk.Rights(Map.of())))
                    .as(other)
                    .isInstanceOfSatisfying(Told.Declined.class, told -> assertThat(told.evidence())
                            .contains("it runs " + other + ", its contract says 8.4.1"));
        }
    }

    @Test
    void aConfigurationTellsLockOnbootAndTemplate() {
        https.data("GET " + ROOT + "/qemu/102/config", "{\"lock\":\"backup\",\"onboot\":\"1\",\"template\":0}");

        assertThat(time.until(way.config(node, Form.VM, 102))).isEqualTo(new GuestConfig("backup", true, false));
    }

    private Told told(NodeAsk ask) {
        return time.until(way.ask(node, ask));
    }

    private Told trouble(NodeAsk ask) {
        CompletionStage<Told> asked = way.ask(node, ask);
        return time.until(asked.handle((told, broken) -> {
            Throwable cause = broken instanceof CompletionException ? broken.getCause() : broken;
            return assertThat(cause)
                    .asInstanceOf(InstanceOfAssertFactories.type(WayTroubleException.class))
                    .actual()
                    .told();
        }));
    }

    private static HttpReply stands(String data) {
        return FakeHttps.answered(200, "OK", "{\"data\":" + data + "}");
    }

    private static String upid(String type) {
        return "UPID:attic-one:0003A1B2:0123ABCD:65A1B2C3:" + type + ":102:rt@pve!ridethrough:";
    }

    private static String quoted(String type) {
        return "\"" + upid(type) + "\"";
    }

    private static String task(String type) {
        return "GET /api2/json"
                + Request.task("attic-one", Upid.read(upid(type)).orElseThrow()).path();
    }

    private static Node withApi() {
        Node n = (Node) FakeContracts.attic().asset(AssetId.parse("attic/pve1")).orElseThrow();
        return new Node(
                n.id(),
                n.title(),
                n.stewardship(),
                n.nodeName(),
                "8.4.1",
                n.address(),
                n.ssh(),
                Optional.of(new ApiAccess("https://192.0.2.11:8006", "proxmox/attic", Optional.empty())),
                n.cluster(),
                n.needs(),
                n.reachedThrough(),
                n.mounts(),
                n.proofOfOff(),
                n.off(),
                n.boot(),
                n.stopsAtOnce(),
                n.startsAtOnce(),
                n.wakesApart(),
                n.wake());
    }
}
