package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Guest;
import io.ridethrough.lab.api.Asked;
import io.ridethrough.lab.api.Said;
import io.ridethrough.lab.host.Fault.Interface.How;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The API of one simulated Proxmox node (protocols 1.1 to 1.4), on the same guests as its command line. */
public final class LabProxmox {
    private final LabModel model;
    private final LabHost node;
    private final String token;
    private final LabInterface own;
    private final boolean root;
    private Set<String> lacks = Set.of();
    private Optional<Said> proxied = Optional.empty();

    /** @param token {@code USER@REALM!TOKENID=UUID} */
    public LabProxmox(LabModel model, AssetId node, String token) {
        this(model, node, token, false);
    }

    private LabProxmox(LabModel model, AssetId node, String token, boolean root) {
        this.model = model;
        this.node = model.host(node).orElseThrow();
        this.token = token;
        this.own = new LabInterface(model, this.node);
        this.root = root;
    }

    /** What {@code pvesh get} prints: the bare data, or the reason in error (protocols 1.6). Root sees all. */
    static Reply read(LabModel model, AssetId node, String path, Map<String, String> with) {
        LabProxmox tree = new LabProxmox(model, node, "", true);
        Said said = tree.said(new Asked("GET", "/api2/json" + path, with, Map.of("authorization", "PVEAPIToken="), ""));
        String body = said.body();
        return said.status() == 200
                ? Reply.ok(body.substring(body.indexOf(':') + 1, body.length() - 1))
                : Reply.failed(2, said.reason());
    }

    /** Its token lacks these privileges from now on, as {@code VM.Audit}, and holds the others. */
    public void lacks(String... privileges) {
        model.clock.settle(() -> lacks = Set.of(privileges));
    }

    /**
     * What answers in its place is the proxy of another node of its cluster, which does not get through to it: 595 where
     * it did not even connect, 596 and 599 where it did and heard nothing more (protocols 1.1).
     */
    public void isBehindAProxyThatSays(int status, String reason) {
        model.clock.settle(() -> proxied = Optional.of(no(status, reason)));
    }

    /** Whether its port listens. */
    public boolean isOpen() {
        return own.isOpen();
    }

    /** Answers on the world's own thread; a hung node never does. */
    public CompletableFuture<Said> answer(Asked asked) {
        return own.answer(
                asked, !asked.method().equals("GET"), "api", asked.path(), this::said, said -> said.status() < 400);
    }

    private Said said(Asked asked) {
        if (!asked.headers().getOrDefault("authorization", "").equals("PVEAPIToken=" + token)) {
            return no(401, "invalid token value!");
        }
        boolean post = asked.method().equals("POST");
        if (!post && !asked.body().isEmpty()) {
            return no(501, "Unexpected content for method '" + asked.method() + "'");
        }
        List<String> path = Arrays.stream(asked.path().split("/", -1))
                .skip(1)
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .toList();
        if (path.size() < 3 || !path.subList(0, 2).equals(List.of("api2", "json"))) {
            return unknown(asked);
        }
        List<String> words = path.subList(2, path.size());
        Optional<Said> alien = alien(asked, words);
        if (alien.isPresent()) {
            return alien.get();
        }
        String form = (post ? "POST " : "GET ") + String.join("/", words);
        if (form.equals("GET version")) {
            String old = amiss(Condition.OLD_VERSION) ? "7.4.1" : node.version();
            return data("{\"version\":\"" + old + "\",\"release\":\"lab\",\"repoid\":\"lab\"}");
        }
        if (form.equals("GET access/permissions")) {
            return data(held().stream()
                    .map(privilege -> "\"" + privilege + "\":1")
                    .collect(Collectors.joining(",", "{\"/\":{", "}}")));
        }
        if (words.get(0).equals("cluster")) {
            return cluster(form, asked);
        }
        if (form.equals("GET storage")) {
            return data(may("Datastore.Audit") ? storages() : "[]");
        }
        if (!words.get(0).equals("nodes") || words.size() < 3) {
            return unknown(asked);
        }
        if (!words.get(1).equals(node.nodeName())) {
            return no(500, "no such cluster node '" + words.get(1) + "'");
        }
        return proxied.orElseGet(() -> onNode(asked, post, words.subList(2, words.size())));
    }

    /** What its token may do, on everything. An agent is asked by another right from 9 on (protocols 1.2, 1.5). */
    private Set<String> held() {
        if (fails(How.NO_RIGHTS)) {
            return Set.of();
        }
        Set<String> held = new TreeSet<>(
                List.of("VM.Audit", "VM.PowerMgmt", "Sys.Audit", "Sys.PowerMgmt", "Sys.Console", "Datastore.Audit"));
        if (!fails(How.FEWER_RIGHTS)) {
            held.addAll(List.of("Sys.Modify", agentRight()));
        }
        held.removeAll(lacks);
        return held;
    }

    /** Root may all. */
    private boolean may(String privilege) {
        return root || held().contains(privilege);
    }

    private static Said forbidden(String path, String privilege) {
        return no(403, "Permission check failed (" + path + ", " + privilege + ")");
    }

    private String agentRight() {
        return node.version().startsWith("8.") ? "VM.Monitor" : "VM.GuestAgent.Audit";
    }

    private Said cluster(String form, Asked asked) {
        if (!may("Sys.Audit")) {
            return forbidden("/", "Sys.Audit");
        }
        Optional<LabCluster> cluster = model.cluster(node.id());
        return switch (form) {
            case "GET cluster/status" ->
                data(cluster.map(one -> one.status(node.id())).orElseGet(this::alone));
            case "GET cluster/ha/resources" ->
                data(cluster.map(LabCluster::resources).orElse("[]"));
            case "GET cluster/ha/status/current" ->
                data(cluster.map(LabCluster::current).orElse("[]"));
            case "POST cluster/ha/status/disarm-ha", "POST cluster/ha/status/arm-ha" -> {
                if (!fails(How.PRETENDS)) {
                    cluster.ifPresent(one -> one.arm(form.endsWith("/arm-ha")));
                }
                yield data("null");
            }
            default -> unknown(asked);
        };
    }

    private String alone() {
        return "[{\"type\":\"node\",\"id\":\"node/" + node.nodeName() + "\",\"name\":\"" + node.nodeName()
                + "\",\"ip\":\"" + model.address(node.id()) + "\",\"online\":1,\"local\":1}]";
    }

    private Said onNode(Asked asked, boolean post, List<String> words) {
        String kind = words.get(0);
        if (kind.equals("status") && post && words.size() == 1) {
            return powerOff();
        }
        if (kind.equals("tasks") && !post) {
            if (words.size() == 1) {
                return data(may("Sys.Audit") ? node.tasks().list(asked.parameters()) : "[]");
            }
            String right = asked.method().equals("DELETE") ? "Sys.Modify" : "Sys.Audit";
            if (!isOwn(words.get(1)) && !may(right)) {
                return forbidden("/nodes/" + node.nodeName(), right);
            }
            return (asked.method().equals("DELETE")
                            ? node.tasks().abort(words.get(1))
                            : node.tasks().status(words.get(1)))
                    .map(LabProxmox::data)
                    .orElseGet(() -> no(400, "Parameter verification failed."));
        }
        if (!post && Set.of("storage", "disks", "services").contains(kind)) {
            return part(kind.equals("disks") ? words.get(1) : kind);
        }
        if (kind.equals("apt") && !post) {
            return may("Sys.Modify") ? data(updates()) : forbidden("/nodes/" + node.nodeName(), "Sys.Modify");
        }
        if (!kind.equals("qemu") && !kind.equals("lxc")) {
            return unknown(asked);
        }
        Guest.Form form = kind.equals("qemu") ? Guest.Form.VM : Guest.Form.CONTAINER;
        if (words.size() == 1 && !post) {
            return data(may("VM.Audit") ? list(form) : "[]");
        }
        if (words.size() < 3) {
            return unknown(asked);
        }
        String verb = words.get(words.size() - 1);
        String right = verb.equals("ping") ? agentRight() : post ? "VM.PowerMgmt" : "VM.Audit";
        if (!may(right)) {
            return forbidden("/vms/" + words.get(1), right);
        }
        Optional<LabGuest> guest = guests(form)
                .filter(one -> Integer.toString(one.declared().vmid()).equals(words.get(1)))
                .findFirst();
        if (guest.isEmpty()) {
            String tree = form == Guest.Form.VM ? "qemu-server" : "lxc";
            return no(
                    500,
                    "Configuration file 'nodes/" + node.nodeName() + "/" + tree + "/" + words.get(1)
                            + ".conf' does not exist");
        }
        return switch (verb) {
            case "current" -> data(status(guest.get()));
            case "config" -> data(config(guest.get()));
            case "ping" -> ping(guest.get());
            case "shutdown", "stop", "start" -> act(asked, guest.get(), verb);
            default -> unknown(asked);
        };
    }

    /** Whether this token began it: the last name of a UPID is who did (protocols 1.3). */
    private boolean isOwn(String upid) {
        return upid.endsWith(":" + user() + ":");
    }

    private String user() {
        return token.substring(0, Math.max(0, token.indexOf('=')));
    }

    private Said part(String kind) {
        if (kind.equals("storage") && !may("Datastore.Audit")) {
            return data("[]");
        }
        if (!kind.equals("storage") && !may("Sys.Audit")) {
            return forbidden("/", "Sys.Audit");
        }
        return data(
                switch (kind) {
                    case "storage" ->
                        "[{\"storage\":\"local\",\"active\":1,\"enabled\":1},"
                                + "{\"storage\":\"spare\",\"active\":0,\"enabled\":0}]";
                    case "zfs" ->
                        "[{\"name\":\"rpool\",\"health\":\"" + (amiss(Condition.POOL_DEGRADED) ? "DEGRADED" : "ONLINE")
                                + "\"}]";
                    case "list" ->
                        "[{\"devpath\":\"/dev/sda\",\"type\":\"hdd\",\"health\":\""
                                + (amiss(Condition.DISK_FAILING) ? "FAILED!" : "PASSED") + "\",\"wearout\":\"N/A\"},"
                                + "{\"devpath\":\"/dev/nvme0n1\",\"type\":\"nvme\",\"health\":\"PASSED\",\"wearout\":"
                                + (amiss(Condition.DISK_WORN) ? 4 : 97) + "}]";
                    default -> "{\"state\":\"running\",\"active-state\":\"active\",\"unit-state\":\"enabled\"}";
                });
    }

    /** pve-manager, PVE/API2/APT.pm: list_updates. */
    private String updates() {
        return IntStream.range(0, amiss(Condition.UPDATES_PENDING) ? 19 : 0)
                .mapToObj(i -> "{\"Package\":\"pve-part-" + i
                        + "\",\"Title\":\"One of its parts\",\"Section\":\"admin\",\"Priority\":\"optional\","
                        + "\"OldVersion\":\"9.1.2\",\"Version\":\"9.1.4\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private boolean amiss(Condition condition) {
        return model.conditions(node.id()).contains(condition);
    }

    private Said powerOff() {
        if (!may("Sys.PowerMgmt")) {
            return forbidden("/nodes/" + node.nodeName(), "Sys.PowerMgmt");
        }
        if (!fails(How.PRETENDS)) {
            model.clock.after(Duration.ofSeconds(2), node::powerOff);
        }
        return data("null");
    }

    /** What a VM refuses is in its task; what a container refuses comes at once (protocols 1.4). */
    private Said act(Asked asked, LabGuest guest, String verb) {
        if (node.state() != LabHost.State.UP) {
            return no(500, "host " + node.nodeName() + " is going down");
        }
        Optional<Said> byCluster = byCluster(asked, guest, verb);
        if (byCluster.isPresent()) {
            return byCluster.get();
        }
        boolean vm = guest.declared().form() == Guest.Form.VM;
        CompletableFuture<Reply> work = fails(How.PRETENDS) ? Reply.ok().now() : work(asked, guest, verb);
        if (!vm && work.isDone() && work.join().exit() != 0) {
            return no(500, work.join().err().strip());
        }
        String id = Integer.toString(guest.declared().vmid());
        return data("\"" + node.tasks().begin((vm ? "qm" : "vz") + verb, id, user(), work) + "\"");
    }

    /** What its cluster decides: nothing starts without quorum, and what it looks after is only queued (protocols 1.3). */
    private Optional<Said> byCluster(Asked asked, LabGuest guest, String verb) {
        Optional<LabCluster> cluster = model.cluster(node.id());
        if (cluster.isPresent() && verb.equals("start") && !cluster.get().isQuorate()) {
            return Optional.of(no(500, "cluster not ready - no quorum?"));
        }
        boolean looked = cluster.filter(one -> one.looksAfter(guest.id())).isPresent();
        if (looked && asked.parameters().containsKey("overrule-shutdown")) {
            return Optional.of(no(400, "Not applicable for HA resources"));
        }
        return cluster.flatMap(one -> one.queued(guest, verb))
                .map(done -> data("\""
                        + node.tasks()
                                .begin(
                                        verb.equals("start") ? "hastart" : "hastop",
                                        Integer.toString(guest.declared().vmid()),
                                        user(),
                                        done)
                        + "\""));
    }

    private static CompletableFuture<Reply> work(Asked asked, LabGuest guest, String verb) {
        Map<String, String> with = asked.parameters();
        return switch (verb) {
            case "shutdown" ->
                guest.shutdown(
                        Duration.ofSeconds(Long.parseLong(with.getOrDefault("timeout", "60"))),
                        with.getOrDefault("forceStop", "0").equals("1"));
            case "stop" ->
                guest.stop(with.getOrDefault("overrule-shutdown", "0").equals("1"));
            default -> guest.start();
        };
    }

    private static Said ping(LabGuest guest) {
        if (guest.isUp()) {
            return data("{\"result\":{}}");
        }
        return no(
                500,
                guest.isRunning()
                        ? "QEMU guest agent is not running"
                        : "VM " + guest.declared().vmid() + " is not running");
    }

    private String list(Guest.Form form) {
        return guests(form).map(this::status).collect(Collectors.joining(",", "[", "]"));
    }

    /** Numbers of containers come in quotes, of VMs without: readers take both. */
    private String status(LabGuest guest) {
        boolean vm = guest.declared().form() == Guest.Form.VM;
        String word = guest.isRunning() ? "running" : "stopped";
        int vmid = guest.declared().vmid();
        return "{\"vmid\":" + (vm ? vmid : "\"" + vmid + "\"") + ",\"name\":\""
                + guest.id().name()
                + "\",\"status\":\"" + word + "\"" + (vm ? ",\"qmpstatus\":\"" + word + "\"" : "")
                + lock(guest) + "}";
    }

    private String lock(LabGuest guest) {
        return model.lock(guest.id()).map(lock -> ",\"lock\":\"" + lock + "\"").orElse("");
    }

    private String config(LabGuest guest) {
        String startup = model.startup(guest.id())
                .map(order -> ",\"startup\":\"" + order + "\"")
                .orElse("");
        boolean onboot =
                guest.declared().onboot() ^ model.conditions(guest.id()).contains(Condition.ONBOOT_TURNED);
        return "{\"onboot\":" + (onboot ? 1 : 0) + startup + lock(guest) + "}";
    }

    /** What the node mounts, as the cluster's storages have it; and a local one. */
    private String storages() {
        String local = "{\"storage\":\"local\",\"type\":\"dir\",\"path\":\"/var/lib/vz\"}";
        return model.mounts(node.id())
                .map(mount -> ",{\"storage\":\""
                        + mount.at().substring(mount.at().lastIndexOf('/') + 1)
                        + "\",\"type\":\"nfs\",\"server\":\"" + model.address(mount.servedBy()) + "\",\"export\":\""
                        + mount.export() + "\",\"path\":\"" + mount.at() + "\"}")
                .collect(Collectors.joining("", "[" + local, "]"));
    }

    private java.util.stream.Stream<LabGuest> guests(Guest.Form form) {
        return model.guestsOn(node.id()).filter(guest -> guest.declared().form() == form);
    }

    private boolean fails(How how) {
        return !root && own.fails(how);
    }

    private Optional<Said> alien(Asked asked, List<String> words) {
        Optional<Set<String>> known = ProxmoxSchema.parameters(asked.method(), words, node.version());
        if (known.isEmpty()) {
            return Optional.of(unknown(asked));
        }
        Set<String> strange = new TreeSet<>(asked.parameters().keySet());
        strange.removeAll(known.get());
        return strange.isEmpty()
                ? Optional.empty()
                : Optional.of(new Said(
                        400,
                        "Parameter verification failed.",
                        "{\"data\":null,\"errors\":{\"" + strange.iterator().next()
                                + "\":\"property is not defined in schema and the schema does not allow additional"
                                + " properties\"}}"));
    }

    private static Said unknown(Asked asked) {
        return no(501, "Method '" + asked.method() + " " + asked.path() + "' not implemented");
    }

    private static Said no(int status, String reason) {
        return new Said(status, reason, "{\"data\":null}");
    }

    private static Said data(String json) {
        return new Said(200, "OK", "{\"data\":" + json + "}");
    }
}
