package io.ridethrough.target.proxmox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.Node;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.proxmox.RootCommands;
import io.ridethrough.target.proxmox.Version;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.traps.Trap;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An unknown parameter is a 400 in the real thing: additionalProperties=0 everywhere (protocols 1.1). */
class RequestTableTest {
    private record Row(String method, String path, Set<String> parameters) {}

    /** Written from protocols 1.2: what each version accepts, not what we send. */
    private static final String FROM_PROTOCOLS = """
            GET /version
            GET /cluster/status
            GET /cluster/ha/resources
            GET /cluster/ha/status/current
            GET /access/permissions path userid
            GET /nodes/{node}/qemu full
            GET /nodes/{node}/lxc
            GET /nodes/{node}/qemu/{vmid}/status/current
            GET /nodes/{node}/lxc/{vmid}/status/current
            GET /nodes/{node}/qemu/{vmid}/config current
            GET /nodes/{node}/lxc/{vmid}/config current
            POST /nodes/{node}/qemu/{vmid}/status/start timeout skiplock
            POST /nodes/{node}/qemu/{vmid}/status/shutdown timeout forceStop keepActive skiplock
            POST /nodes/{node}/qemu/{vmid}/status/stop timeout overrule-shutdown
            POST /nodes/{node}/lxc/{vmid}/status/start
            POST /nodes/{node}/lxc/{vmid}/status/stop overrule-shutdown
            POST /nodes/{node}/lxc/{vmid}/status/shutdown timeout forceStop
            POST /nodes/{node}/qemu/{vmid}/agent/ping
            GET /nodes/{node}/tasks/{upid}/status
            GET /nodes/{node}/storage enabled content
            GET /nodes/{node}/disks/zfs
            GET /nodes/{node}/services/{service}/state
            DELETE /nodes/{node}/tasks/{upid}
            POST /nodes/{node}/status command
            """;

    /**
     * Not from protocols 1.2, which has neither these calls nor {@code typefilter}, but from the sources that the API schema
     * of pve-docs is made of: pve-storage, PVE/API2/Storage/Config.pm ({@code GET /storage}) and PVE/API2/Disks.pm; and
     * pve-manager, PVE/API2/APT.pm, of which an early version was read. {@code typefilter} (pve-manager, PVE/API2/Tasks.pm)
     * is in no version that was read: that word repeats the code.
     */
    private static final String FROM_SOURCES = """
            GET /storage type
            GET /nodes/{node}/disks/list include-partitions skipsmart type
            GET /nodes/{node}/apt/update
            GET /nodes/{node}/tasks vmid source since errors limit typefilter
            """;

    private static final String BOTH = FROM_PROTOCOLS + FROM_SOURCES;

    /**
     * Of which no use is made below 9.1. The calls and their version are those of protocols 1.4. {@code resource-mode} is in
     * no source that was read: it repeats the code, and wants a look at the API schema of pve-docs 9.1 or a node that runs it.
     */
    private static final String FROM_9_1 = """
            POST /cluster/ha/status/disarm-ha resource-mode
            POST /cluster/ha/status/arm-ha
            """;

    private static final Map<String, String> ACCEPTED = Map.of("8.4", BOTH, "9.1", BOTH + FROM_9_1);

    /** What each verb of {@code pvesh} sends. */
    private static final Map<String, String> METHODS =
            Map.of("get", "GET", "create", "POST", "set", "PUT", "delete", "DELETE");

    private static final Set<Endpoint> LATER = Set.of(Endpoint.HA_DISARM, Endpoint.HA_ARM);

    @ParameterizedTest
    @ValueSource(strings = {"8.4", "9.1"})
    void everyEndpointIsThereAndTakesEveryParameterItIsSentWith(String version) {
        Map<String, Row> table = table(version).stream()
                .collect(Collectors.toMap(row -> row.method() + " " + row.path(), Function.identity()));

        assertThat(Endpoint.values())
                .filteredOn(one -> version.equals("9.1") || !LATER.contains(one))
                .allSatisfy(endpoint -> {
                    String call = endpoint.method() + " " + endpoint.path();
                    assertThat(table).containsKey(call);
                    assertThat(Objects.requireNonNull(table.get(call)).parameters())
                            .containsAll(endpoint.parameters());
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.1", "8.4", "9.1"})
    void everyRequestStaysWithinItsEndpointAndLeavesNoPlaceOpen(String version) {
        List<Request> all = requests(Version.of(version));

        assertThat(all).extracting(Request::endpoint).containsAll(List.of(Endpoint.values()));
        assertThat(all).allSatisfy(request -> {
            assertThat(request.path()).doesNotContain("{").matches("[A-Za-z0-9/%._-]+");
            HttpCall call = request.call(Duration.ofSeconds(9));
            assertThat(call.path()).isEqualTo("/api2/json" + request.path());
            assertThat(call.body().isPresent()).isEqualTo(call.method() == HttpCall.Method.POST);
        });
    }

    /** What goes to {@code pvesh} over SSH is bound by the same schema (protocols 1.6). */
    @ParameterizedTest
    @ValueSource(strings = {"8.4", "9.1"})
    void everyRequestByPveshIsThereAndTakesEveryParameterItIsSentWith(String version) {
        List<Row> table = table(version);
        boolean disarms = Version.of(version).atLeast(Version.DISARMS);
        Node node = (Node) (disarms ? FakeContracts.atticClustered() : FakeContracts.atticClusteredBefore91())
                .asset(AssetId.parse("attic/pve1"))
                .orElseThrow();
        List<List<String>> sent = RootCommands.of(node, Map.of(101, Form.CONTAINER, 102, Form.VM)).stream()
                .map(RemoteCommand::arguments)
                .filter(words -> words.contains("pvesh"))
                .map(words -> words.subList(words.indexOf("pvesh") + 1, words.size()))
                .toList();

        assertThat(sent).hasSizeGreaterThanOrEqualTo(8);
        assertThat(sent).allSatisfy(words -> {
            String method = Objects.requireNonNull(METHODS.get(words.get(0)));
            Row row = table.stream()
                    .filter(one -> one.method().equals(method) && isAt(one.path(), words.get(1)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(version + " has no " + words));
            assertThat(row.parameters())
                    .containsAll(words.stream()
                            .filter(word -> word.startsWith("--") && !word.equals("--output-format"))
                            .map(word -> word.substring(2))
                            .toList());
        });
    }

    private static boolean isAt(String template, String path) {
        List<String> places = Arrays.asList(template.split("/", -1));
        List<String> parts = Arrays.asList(path.split("/", -1));
        return places.size() == parts.size()
                && IntStream.range(0, parts.size())
                        .allMatch(i ->
                                places.get(i).startsWith("{") || places.get(i).equals(parts.get(i)));
    }

    private static List<Row> table(String version) {
        return Objects.requireNonNull(ACCEPTED.get(version))
                .lines()
                .map(line -> Arrays.asList(line.split(" ", -1)))
                .map(words -> new Row(words.get(0), words.get(1), Set.copyOf(words.subList(2, words.size()))))
                .toList();
    }

    /** What starts or stops all guests at once forces, and races what the node does by itself. */
    @Test
    @Trap(9)
    void nothingIsEverSentThatStartsOrStopsAllGuestsOfANode() {
        assertThat(Endpoint.values())
                .extracting(Endpoint::path)
                .noneMatch(path -> path.contains("all") || path.contains("bulk"));
    }

    @Test
    void aStopOverrulesTheShutdownThatHoldsTheLockOnlyWhereTheVersionKnowsIt() {
        assertThat(Request.stop("pve", Form.VM, 100, Version.of("8.4")).parameters())
                .containsOnlyKeys("overrule-shutdown");
        assertThat(Request.stop("pve", Form.VM, 100, Version.of("7.1")).parameters())
                .isEmpty();
    }

    @Test
    void aShutdownNamesItsTimeAndForbidsForce() {
        assertThat(Request.shutdown("pve", Form.CONTAINER, 105, Duration.ofMillis(89_500))
                        .parameters())
                .containsExactlyInAnyOrderEntriesOf(Map.of("timeout", "90", "forceStop", "0"));
    }

    private static List<Request> requests(Version version) {
        Upid upid = Upid.read("UPID:pve:0003A1B2:0123ABCD:65A1B2C3:qmshutdown:100:root@pam!rt:")
                .orElseThrow();
        Stream<Request> node = Stream.of(
                Request.version(),
                Request.permissions(),
                Request.cluster(),
                Request.storageConfig(),
                Request.running("pve"),
                Request.tasks("pve", 100),
                Request.task("pve", upid),
                Request.abort("pve", upid),
                Request.storages("pve"),
                Request.pools("pve"),
                Request.disks("pve"),
                Request.service("pve", "pveproxy"),
                Request.updates("pve"),
                Request.powerOff("pve"),
                Request.highlyAvailable(),
                Request.highAvailability(),
                Request.disarm(),
                Request.arm(),
                Request.ping("pve", 100));
        Stream<Request> guests = Stream.of(Form.VM, Form.CONTAINER)
                .flatMap(form -> Stream.of(
                        Request.guests("pve", form),
                        Request.status("pve", form, 100),
                        Request.config("pve", form, 100),
                        Request.shutdown("pve", form, 100, Duration.ofSeconds(60)),
                        Request.stop("pve", form, 100, version),
                        Request.start("pve", form, 100)));
        return Stream.concat(node, guests).toList();
    }
}
