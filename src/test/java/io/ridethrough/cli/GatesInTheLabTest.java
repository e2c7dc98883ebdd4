package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.Condition;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Standing;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hard stops and remedies of the shipped standard, at a real site's contracts over the lab's real sockets. Each fault
 * is set in the world: planned work is denied with its reason, a person's word lets it pass, power is never denied, and
 * what comes up broken after the outage is mended.
 */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GatesInTheLabTest {
    private static final SiteId HOME = new SiteId("home");
    private static final AssetId NODE = AssetId.parse("home/proxmox-home");
    private static final AssetId NAS = AssetId.parse("home/nas");
    private static final AssetId HOUSE = AssetId.parse("home/homeassistant");
    private static final AssetId NAMES = AssetId.parse("home/pihole-home");
    private static final AssetId UPS = AssetId.parse("home/ups-home");
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabWorld world;

    @SuppressWarnings("NullAway.Init")
    private Service service;

    /** One for all that is asked: each has threads of its own. */
    @SuppressWarnings("NullAway.Init")
    private ServiceClient client;

    @SuppressWarnings("NullAway.Init")
    private Path config;

    @BeforeAll
    void start() throws Exception {
        LabWithService lab = new LabWithService(folder, Path.of("contracts"), 12);
        world = lab.world();
        service = lab.service(world);
        client = service.client();
        config = Files.writeString(
                folder.resolve("ridethrough.properties"),
                Files.readString(Path.of("application.properties"))
                        + "\nridethrough.home = " + folder.resolve("home")
                        + "\nridethrough.http.port = "
                        + URI.create(service.address()).getPort() + "\n");
        Until.holds(() -> service.power.unready(HOME).isEmpty(), SOON, () -> "the power of the site is known and good");
        denies(Set.of(), "");
    }

    @AfterAll
    void stop() {
        service.close();
        world.close();
    }

    @Test
    @Order(1)
    void aDryRunShowsWhatEachHardStopOfTheMissionWouldSay() {
        AssetId[] at = {NODE, NODE, NODE, NODE, NODE, NODE, NODE, NAS, HOUSE, NAMES};
        Condition[] amiss = {
            Condition.POOL_DEGRADED,
            Condition.BACKING_UP,
            Condition.MIGRATING,
            Condition.ROOT_DISK_CRITICAL,
            Condition.CLUSTER_STOPPED,
            Condition.JOBS_INVALID,
            Condition.NOT_MOUNTED,
            Condition.COPIED_TO,
            Condition.ONBOOT_TURNED,
            Condition.BACKUP_MISSED
        };
        for (int i = 0; i < amiss.length; i++) {
            world.amiss(at[i], amiss[i], true);
        }
        denies(
                Set.of(
                        "pools-are-whole home/proxmox-home",
                        "no-backup-runs home/proxmox-home",
                        "no-guest-migrates home/proxmox-home",
                        "root-disk-is-not-critical home/proxmox-home",
                        "cluster-file-system-runs home/proxmox-home",
                        "jobs-are-valid home/proxmox-home",
                        "mounts-answer home/proxmox-home",
                        "nothing-writes-to-the-nas home/nas",
                        "onboot-as-declared home/homeassistant",
                        "backup-is-fresh home/pihole-home"),
                "");
        Typed typed = Typed.of("run", "home", "--mode", "full", "--config", config);
        for (int i = 0; i < amiss.length; i++) {
            world.amiss(at[i], amiss[i], false);
        }

        assertThat(typed.code()).isEqualTo(Exit.WELL);
        assertThat(typed.out())
                .contains("seen now:")
                .containsPattern(
                        "denied +pools-are-whole at home/proxmox-home: seen.unwell = \\[pool rpool is DEGRADED\\]")
                .containsPattern("granted +onboot-as-declared at home/pihole-home: ");
        denies(Set.of(), "");
    }

    @Test
    @Order(2)
    void whatCannotBeSeenIsDeniedToo() {
        world.fault(NAS, new Fault.Refuse());
        JsonNode shown = dry("");
        world.heal(NAS);

        assertThat(denied(shown)).contains("nothing-writes-to-the-nas home/nas");
        assertThat(gate(shown, "nothing-writes-to-the-nas").path("why").asText())
                .startsWith("it cannot be seen, which is no grant: ");
    }

    @Test
    @Order(3)
    void anAcknowledgementThatNamesNoGateIsRefused() {
        Typed typed = Typed.of("run", "home", "--mode", "full", "--acknowledge", "pools-are-hole", "--config", config);

        assertThat(typed.code()).isEqualTo(Exit.REFUSED);
        assertThat(typed.err())
                .contains("nothing is acknowledged by \"pools-are-hole\"")
                .contains("pools-are-whole");
    }

    @Test
    @Order(4)
    void plannedWorkWithAHardStopIsDeniedWithItsReasonAlsoWithoutItsPrecheck() throws Exception {
        world.amiss(NODE, Condition.POOL_DEGRADED, true);
        for (String mode : List.of("full", "shutdown")) {
            JsonNode receipt = run(mode, "");

            assertThat(receipt.path("result").asText()).isEqualTo("incomplete");
            JsonNode gate = gate(receipt, "pools-are-whole");
            assertThat(gate.path("answer").asText()).isEqualTo("denied");
            assertThat(gate.path("why").asText())
                    .contains("DEGRADED")
                    .endsWith("(acknowledge pools-are-whole to go on)");
            assertThat(outcomes(receipt, "shutdown")).containsOnly("Refused");
            assertThat(world.power(NODE)).isEqualTo(LabHost.State.UP);
        }
    }

    /** What a power cycle may cost (gap 1116) is kept before anything goes down. */
    @Test
    @Order(5)
    void thePrecheckKeepsWhatStandsOnDashboards() throws Exception {
        JsonNode receipt = run("precheck", "");

        assertThat(evidence(receipt, "precheck:home/proxmox-home"))
                .containsPattern("; homeassistant: [1-9][0-9]* dashboards are kept, [0-9]+ of them anew$");
        assertThat(Typed.of("dashboards", "home", "--config", config).out())
                .containsPattern("tier1-dashboard +1 views, kept since .*: as it was kept\n");
    }

    @Test
    @Order(5)
    void acknowledgedByNameItGoesAndTheReceiptSaysSo() throws Exception {
        JsonNode receipt = run("shutdown", "pools-are-whole");

        assertThat(receipt.path("acknowledgement").asText()).isEqualTo("pools-are-whole");
        assertThat(gate(receipt, "pools-are-whole").path("answer").asText()).isEqualTo("acknowledged");
        assertThat(gate(receipt, "pools-are-whole").path("why").asText())
                .startsWith("acknowledged by name (pools-are-whole), though: ")
                .contains("DEGRADED");
        assertThat(gate(receipt, "no-backup-runs").path("answer").asText()).isEqualTo("granted");
        assertThat(outcomes(receipt, "shutdown")).doesNotContain("Refused");
        assertThat(receipt.path("result").asText()).isEqualTo("complete");

        world.amiss(NODE, Condition.POOL_DEGRADED, false);
        assertThat(run("startup", "").path("result").asText()).isEqualTo("complete");
    }

    @Test
    @Order(6)
    void aStaleBackupHoldsPlannedWorkUntilItIsFreshOrAcknowledged() throws Exception {
        world.amiss(NAMES, Condition.BACKUP_MISSED, true);
        JsonNode held = run("shutdown", "");
        denies(Set.of(), "backup-is-fresh");
        JsonNode acknowledged = dry("backup-is-fresh");
        world.amiss(NAMES, Condition.BACKUP_MISSED, false);

        assertThat(held.path("result").asText()).isEqualTo("incomplete");
        assertThat(gate(held, "backup-is-fresh", NAMES).path("answer").asText()).isEqualTo("denied");
        assertThat(gate(held, "backup-is-fresh", NAMES).path("why").asText())
                .containsPattern("vzdump-weekly of pihole-home: 17[23] h old, at most 170 h")
                .endsWith("(acknowledge backup-is-fresh to go on)");
        assertThat(gate(held, "backup-is-fresh", HOUSE).path("answer").asText()).isEqualTo("granted");
        assertThat(outcomes(held, "shutdown")).containsOnly("Refused");
        assertThat(gate(acknowledged, "backup-is-fresh", NAMES).path("answer").asText())
                .isEqualTo("acknowledged");
        denies(Set.of(), "");
    }

    @Test
    @Order(7)
    void powerIsNeverDeniedAndTheReceiptSaysWhatWasFoundAndWhatChanged() throws Exception {
        world.amiss(NODE, Condition.POOL_DEGRADED, true);
        world.amiss(NAMES, Condition.BACKUP_MISSED, true);
        world.backUp(HOUSE, Duration.ofHours(9));
        service.standing.ready(HOME, Standing.Readiness.ARMED, "test");
        world.ups(UPS).cut();
        Until.holds(
                () -> world.power(NODE) == LabHost.State.OFF && world.power(NAS) == LabHost.State.OFF,
                SOON,
                () -> client.get("runs").json().toString());
        Until.holds(() -> !byPower().isMissingNode(), SOON, () -> "the receipt of the shutdown");
        JsonNode receipt = byPower();

        assertThat(gate(receipt, "pools-are-whole").path("answer").asText()).isEqualTo("found");
        assertThat(gate(receipt, "pools-are-whole").path("why").asText())
                .startsWith("power does not wait for it: ")
                .contains("DEGRADED");
        assertThat(gate(receipt, "no-backup-runs").path("why").asText()).contains("vzdump");
        assertThat(receipt.path("manner").toString())
                .contains("shutdown:home/homeassistant: aborted, not waited for: it is locked (backup)");
        assertThat(receipt.path("gates").findValuesAsText("gate")).doesNotContain("backup-is-fresh");
        assertThat(outcomes(receipt, "shutdown")).doesNotContain("Refused");
    }

    @Test
    @Order(8)
    void afterTheOutageWhatCameUpBrokenIsMendedInOrderAndVerified() {
        world.amiss(NODE, Condition.POOL_DEGRADED, false);
        world.amiss(NAMES, Condition.BACKUP_MISSED, false);
        world.amiss(NODE, Condition.UNIT_FAILED, true);
        world.amiss(NODE, Condition.SCHEDULER_STOPPED, true);
        world.home(HOUSE).addOn("core_zwave_js", "error");
        world.home(HOUSE).addOn("core_whisper", "stopped");
        world.home(HOUSE).integration("zwave_js", "setup_retry", false);
        world.amiss(NAMES, Condition.ONBOOT_TURNED, true);
        world.fault(NAMES, new Fault.Refuse());
        String before = byPower().path("run").asText();
        world.ups(UPS).restore();
        Until.holds(() -> settled("startup:home/pihole-home"), SOON, () -> client.get("runs")
                .json()
                .toString());
        world.heal(NAMES);
        Until.holds(() -> !byPower().path("run").asText().equals(before), SOON, () -> client.get("runs")
                .json()
                .toString());
        world.amiss(NAMES, Condition.ONBOOT_TURNED, false);
        JsonNode receipt = byPower();

        assertThat(receipt.path("remedies").findValuesAsText("control"))
                .containsExactly("no-failed-unit", "scheduler-runs", "add-ons-are-started", "integrations-are-loaded");
        assertThat(receipt.path("remedies").findValuesAsText("outcome")).containsOnly("Done");
        assertThat(done())
                .containsSubsequence(
                        "systemctl restart pveproxy.service",
                        "systemctl restart pvescheduler",
                        "pct start 105",
                        "start core_whisper",
                        "restart core_zwave_js",
                        "reload 3");
        assertThat(step(receipt, "recovery:home/pihole-home")).isEqualTo("Done");
        assertThat(outcomes(receipt, "recovery")).containsOnly("Done", "AlreadyDone");
        assertThat(outcomes(receipt, "verify")).as(receipt.toPrettyString()).containsOnly("Done");
    }

    @Test
    @Order(9)
    void aRemedyThatDoesNotHelpIsTriedNoFurtherAndAPersonMendsItByName() {
        world.amiss(NODE, Condition.SCHEDULER_STOPPED, true);
        world.amiss(NODE, Condition.RESTARTS_IN_VAIN, true);
        Typed dry = Typed.of("remedy", "scheduler-runs", NODE, "--config", config);
        Typed vain = typed("scheduler-runs");
        JsonNode escalated = dry("");
        JsonNode seen = dry("I_HAVE_SEEN_WHAT_WAS_ESCALATED");
        world.amiss(NODE, Condition.RESTARTS_IN_VAIN, false);
        Typed mended = typed("scheduler-runs");

        assertThat(dry.code()).isEqualTo(Exit.WELL);
        assertThat(dry.out())
                .contains("remedy", "broken        scheduler-runs at home/proxmox-home: seen.lines = [inactive]");
        assertThat(vain.code()).as(vain.out()).isEqualTo(Exit.INCOMPLETE);
        assertThat(mended.code()).as(mended.out()).isEqualTo(Exit.WELL);
        assertThat(escalated.path("refusal").asText())
                .startsWith("no further shutdown begins before a person has seen what was escalated: ")
                .contains("scheduler-runs at home/proxmox-home is not mended: seen.lines = [inactive]");
        assertThat(seen.has("refusal")).isFalse();
        assertThat(dry("").path("refusal").asText()).doesNotContain("is not mended");
        assertThat(Typed.of("remedy", "pools-are-whole", NODE, "--config", config)
                        .err())
                .contains("is one that has a remedy which runs, not \"pools-are-whole\"");
        assertThat(Typed.of("remedy", "scheduler-runs", NAS, "--config", config).err())
                .contains("\"scheduler-runs\" is not about \"home/nas\"");
    }

    private Typed typed(String control) {
        return Typed.of("remedy", control, NODE, "--execute", "--confirm", NODE, "--config", config);
    }

    /** What was done to the site since mains are back, in the words of its own hosts. */
    private List<String> done() {
        return world.events().stream()
                .map(event -> event.command().equals("ha")
                        ? event.id()
                        : String.join(" ", event.command(), event.verb(), event.id()))
                .toList();
    }

    private boolean settled(String step) {
        return service.runs.progress().stream()
                .flatMap(run -> run.settled().stream())
                .anyMatch(one -> one.step().id().value().equals(step));
    }

    private static String step(JsonNode run, String id) {
        for (JsonNode step : run.path("steps")) {
            if (step.path("step").asText().equals(id)) {
                return step.path("outcome").asText();
            }
        }
        return "";
    }

    private static String evidence(JsonNode run, String id) {
        for (JsonNode step : run.path("steps")) {
            if (step.path("step").asText().equals(id)) {
                return step.path("evidence").asText();
            }
        }
        return "";
    }

    private JsonNode byPower() {
        for (JsonNode closed : client.get("runs").json().path("closed")) {
            if (closed.path("trigger").asText().equals("POWER")) {
                return receipt(closed.path("run").asText());
            }
        }
        return JsonNodeFactory.instance.objectNode().path("none");
    }

    private JsonNode receipt(String run) {
        return client.get("runs/" + ServiceClient.segment(run)).orRefusal();
    }

    private JsonNode dry(String acknowledgement) {
        return client.post("runs", request("full", acknowledgement, false)).orRefusal();
    }

    private JsonNode run(String mode, String acknowledgement) throws Exception {
        String run = client.post("runs", request(mode, acknowledgement, true))
                .orRefusal()
                .path("run")
                .asText();
        var closing = service.runs.closing(run);
        if (closing.isPresent()) {
            closing.get().toCompletableFuture().get(90, TimeUnit.SECONDS);
        }
        return receipt(run);
    }

    private static ObjectNode request(String mode, String acknowledgement, boolean execute) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("scope", "home").put("mode", mode).put("execute", execute);
        if (execute) {
            request.put("confirm", "home");
        }
        if (!acknowledgement.isEmpty()) {
            request.put("acknowledgement", acknowledgement);
        }
        return request;
    }

    /** Waits until these are denied: what a busy machine lets answer late is denied as well, until it answers in time. */
    private void denies(Set<String> gates, String acknowledgement) {
        Until.holds(() -> denied(dry(acknowledgement)).equals(gates), SOON, () -> dry(acknowledgement)
                .toPrettyString());
    }

    private static Set<String> denied(JsonNode told) {
        Set<String> denied = new TreeSet<>();
        told.path("gates").forEach(gate -> {
            if (gate.path("answer").asText().equals("denied")) {
                denied.add(gate.path("gate").asText() + " " + gate.path("asset").asText());
            }
        });
        return denied;
    }

    private static JsonNode gate(JsonNode told, String name) {
        for (JsonNode gate : told.path("gates")) {
            if (gate.path("gate").asText().equals(name)) {
                return gate;
            }
        }
        throw new AssertionError(name + " is no gate of " + told);
    }

    private static JsonNode gate(JsonNode told, String name, AssetId asset) {
        for (JsonNode gate : told.path("gates")) {
            if (gate.path("gate").asText().equals(name)
                    && gate.path("asset").asText().equals(asset.toString())) {
                return gate;
            }
        }
        throw new AssertionError(name + " is asked of no " + asset + " in " + told);
    }

    private static Set<String> outcomes(JsonNode receipt, String phase) {
        List<JsonNode> steps = new ArrayList<>();
        receipt.path("steps").forEach(steps::add);
        return steps.stream()
                .filter(step -> step.path("phase").asText().equals(phase))
                .map(step -> step.path("outcome").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
