package io.ridethrough.lab.host;

import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Upkeep;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** {@code qm}, {@code pct}, {@code pvesh}, {@code pveversion} on a node (protocols 1.4, 1.6). */
final class ProxmoxCommands implements LabShell.Family {
    private static final Set<String> TASKS = Set.of("shutdown", "stop", "start");

    private static final String STORAGES = """
            Name         Type     Status           Total            Used       Available        %
            local         dir     active       100000000        20000000        80000000   20.00%
            spare         nfs   disabled               0               0               0      N/A
            """;

    private final LabModel model;

    ProxmoxCommands(LabModel model) {
        this.model = model;
    }

    @Override
    public Optional<CompletableFuture<Reply>> answer(Call call) {
        Optional<LabHost> node = model.host(call.on().id()).filter(host -> !host.isNas());
        return node.flatMap(host -> switch (call.name()) {
            case "qm", "pct" -> Optional.of(guestCommand(call, host));
            case "pvesh" -> Optional.of(pvesh(call, host).now());
            case "pvesm" ->
                Optional.of(logged(
                        call,
                        Reply.ok(
                                amiss(host, Condition.STORAGE_INACTIVE)
                                        ? STORAGES.replace("  active", "inactive")
                                        : STORAGES)));
            case "zpool" ->
                Optional.of(logged(
                        call,
                        Reply.ok("rpool\t" + (amiss(host, Condition.POOL_DEGRADED) ? "DEGRADED" : "ONLINE") + "\n")));
            case "pveversion" ->
                Optional.of(Reply.ok("pve-manager/" + (amiss(host, Condition.OLD_VERSION) ? "7.4.1" : version(host))
                                + "/lab (running kernel: 6.17.2-1-pve)")
                        .now());
            default -> Optional.empty();
        });
    }

    private CompletableFuture<Reply> guestCommand(Call call, LabHost host) {
        String verb = call.word(1);
        if (!call.root()) {
            note(call, "refused");
            return Reply.failed(255, "please run as root").now();
        }
        if (host.state() != LabHost.State.UP && !List.of("list", "status").contains(verb)) {
            note(call, "refused");
            return Reply.failed(255, "host " + host.nodeName() + " is going down")
                    .now();
        }
        if (verb.equals("list")) {
            note(call, "call");
            return Reply.ok(call.name().equals("qm") ? vms(host) : containers(host))
                    .now();
        }
        String vmid = verb.equals("guest") ? call.word(3) : call.word(2);
        Optional<LabGuest> guest = model.guestsOn(host.id())
                .filter(g -> g.command().equals(call.name()))
                .filter(g -> Integer.toString(g.declared().vmid()).equals(vmid))
                .findFirst();
        if (guest.isPresent()) {
            Optional<LabCluster> cluster = model.cluster(host.id());
            if (verb.equals("start") && cluster.filter(one -> !one.isQuorate()).isPresent()) {
                note(call, "refused");
                return Reply.failed(255, "cluster not ready - no quorum?").now();
            }
            Optional<CompletableFuture<Reply>> queued =
                    TASKS.contains(verb) ? cluster.flatMap(one -> one.queued(guest.get(), verb)) : Optional.empty();
            if (queued.isPresent()) {
                note(call, "call");
                return queued.get();
            }
            CompletableFuture<Reply> work = verb(call, guest.get());
            return TASKS.contains(verb) ? begun(host, guest.get(), verb, work) : work;
        }
        note(call, "call");
        return excluded(host)
                .filter(e ->
                        call.name().equals("qm") && Integer.toString(e.vmid()).equals(vmid))
                .findFirst()
                .map(template -> template(verb))
                .orElseGet(() -> unknown(call, host, vmid))
                .now();
    }

    /** They run as tasks here too, in the foreground. What a container refuses comes before there is one. */
    private static CompletableFuture<Reply> begun(
            LabHost host, LabGuest guest, String verb, CompletableFuture<Reply> work) {
        boolean vm = guest.declared().form() == Guest.Form.VM;
        if (vm || !work.isDone() || work.join().exit() == 0) {
            String id = Integer.toString(guest.declared().vmid());
            host.tasks().begin((vm ? "qm" : "vz") + verb, id, "root@pam", work);
        }
        return work;
    }

    private boolean amiss(LabHost host, Condition condition) {
        return model.conditions(host.id()).contains(condition);
    }

    private static Reply template(String verb) {
        return switch (verb) {
            case "status" -> Reply.ok("status: stopped");
            case "config" -> Reply.ok("template: 1");
            case "shutdown", "stop" -> Reply.ok();
            default -> Reply.failed(255, "you can't start a vm if it's a template");
        };
    }

    private static Reply unknown(Call call, LabHost host, String vmid) {
        String tree = call.name().equals("qm") ? "qemu-server" : "lxc";
        return Reply.failed(
                2, "Configuration file 'nodes/" + host.nodeName() + "/" + tree + "/" + vmid + ".conf' does not exist");
    }

    private CompletableFuture<Reply> verb(Call call, LabGuest guest) {
        return switch (call.word(1)) {
            case "status" -> logged(call, Reply.ok("status: " + state(guest)));
            case "config" -> logged(call, Reply.ok(config(guest)));
            case "shutdown" ->
                guest.shutdown(
                        Duration.ofSeconds(call.option("--timeout", "-timeout")
                                .map(Long::parseLong)
                                .orElse(60L)),
                        call.option("--forceStop", "-forceStop")
                                .filter("1"::equals)
                                .isPresent());
            case "stop" ->
                guest.stop(call.option("--overrule-shutdown", "-overrule-shutdown")
                        .filter("1"::equals)
                        .isPresent());
            case "start" -> guest.start();
            case "agent", "guest", "exec" -> logged(call, responds(guest));
            default ->
                logged(call, Reply.failed(255, "ERROR: unknown command '" + call.name() + " " + call.word(1) + "'"));
        };
    }

    private static Reply responds(LabGuest guest) {
        if (guest.isUp()) {
            return Reply.ok();
        }
        if (guest.declared().form() == Guest.Form.CONTAINER) {
            return Reply.failed(
                    255, "CT " + guest.declared().vmid() + (guest.isRunning() ? " not ready" : " not running"));
        }
        return Reply.failed(
                255,
                guest.isRunning()
                        ? "QEMU guest agent is not running"
                        : "VM " + guest.declared().vmid() + " is not running");
    }

    private String vms(LabHost host) {
        Map<Integer, String> rows = new TreeMap<>();
        guests(host, Guest.Form.VM)
                .forEach(g -> rows.put(g.declared().vmid(), vm(g.declared().vmid(), g.id().name(), state(g))));
        excluded(host).forEach(e -> rows.put(e.vmid(), vm(e.vmid(), e.name(), "stopped")));
        if (amiss(host, Condition.STRANGER)) {
            rows.put(998, vm(998, "stranger", "running"));
        }
        return rows.isEmpty() // an empty qm list prints nothing at all
                ? ""
                : String.format(
                                "%10s %-20s %-10s %-10s %12s %-10s%n",
                                "VMID", "NAME", "STATUS", "MEM(MB)", "BOOTDISK(GB)", "PID")
                        + rows.values().stream().collect(Collectors.joining());
    }

    private static String vm(int vmid, String name, String status) {
        int pid = status.equals("running") ? 4000 + vmid : 0;
        return String.format(
                Locale.ROOT, "%10s %-20s %-10s %-10s %12s %-10s%n", vmid, name, status, "2048", "32.00", pid);
    }

    private String containers(LabHost host) {
        return String.format("%-10s %-10s %-12s %-20s%n", "VMID", "Status", "Lock", "Name")
                + guests(host, Guest.Form.CONTAINER).stream()
                        .map(g -> String.format(
                                "%-10s %-10s %-12s %-20s%n",
                                g.declared().vmid(),
                                state(g),
                                model.lock(g.id()).orElse(""),
                                g.id().name()))
                        .collect(Collectors.joining());
    }

    private List<LabGuest> guests(LabHost host, Guest.Form form) {
        return model.guestsOn(host.id())
                .filter(g -> g.declared().form() == form)
                .sorted(Comparator.comparing(g -> g.declared().vmid()))
                .toList();
    }

    private java.util.stream.Stream<Site.Excluded> excluded(LabHost host) {
        return Optional.ofNullable(model.contracts().sites().get(host.id().site())).stream()
                .flatMap(site -> site.excluded().stream())
                .filter(e -> e.node().filter(host.id()::equals).isPresent())
                .filter(e -> !e.reason().contains("destroyed"));
    }

    private static String state(LabGuest guest) {
        return guest.isRunning() ? "running" : "stopped";
    }

    private String config(LabGuest guest) {
        Guest declared = guest.declared();
        Optional<Upkeep.Profile> profile = model.profile(guest.id());
        int cores = profile.map(Upkeep.Profile::cores).filter(some -> some > 0).orElse(2);
        long memory =
                profile.map(Upkeep.Profile::memory).filter(some -> some > 0).orElse(2048L);
        return (declared.form() == Guest.Form.VM ? "agent: 1\n" : "arch: amd64\n")
                + "cores: "
                + (model.conditions(guest.id()).contains(Condition.OTHER_CORES) ? cores + 1 : cores)
                + "\n"
                + model.lock(guest.id()).map(word -> "lock: " + word + "\n").orElse("")
                + "memory: "
                + memory
                + "\n"
                + (declared.form() == Guest.Form.VM ? "name: " : "hostname: ")
                + declared.id().name()
                + "\nonboot: "
                + (declared.onboot() ^ model.conditions(guest.id()).contains(Condition.ONBOOT_TURNED) ? 1 : 0)
                + model.startup(guest.id())
                        .filter(set -> !model.conditions(guest.id()).contains(Condition.ORDER_UNSET))
                        .map(order -> "\nstartup: " + order)
                        .orElse("")
                + "\n"
                + disks(guest, profile.map(Upkeep.Profile::storages).orElse(List.of()));
    }

    /** One on each storage of its tier (protocols 1.6). */
    private String disks(LabGuest guest, List<String> storages) {
        boolean container = guest.declared().form() == Guest.Form.CONTAINER;
        StringBuilder disks = new StringBuilder(container ? "" : "scsihw: virtio-scsi-single\n");
        for (int i = 0; i < storages.size(); i++) {
            boolean moved = model.conditions(guest.id()).contains(Condition.OTHER_STORAGE);
            disks.append(container ? (i == 0 ? "rootfs" : "mp" + i) : "scsi" + i)
                    .append(": ")
                    .append(moved ? "elsewhere" : storages.get(i))
                    .append(":vm-" + guest.declared().vmid() + "-disk-" + i + ",size=32G\n");
        }
        return disks.toString();
    }

    private Reply pvesh(Call call, LabHost host) {
        note(call, "call");
        if (!call.root()) {
            return Reply.failed(255, "please run as root");
        }
        String path = call.word(2);
        String version = version(host);
        if (call.word(1).equals("get") && path.equals("/nodes/" + host.nodeName() + "/status")) {
            return Reply.ok(
                    Fixture.read("pvesh-status.json").with("version", version).text());
        }
        if (call.word(1).equals("get")
                && (path.equals("/version") || path.equals("/nodes/" + host.nodeName() + "/version"))) {
            return Reply.ok(
                    Fixture.read("pvesh-version.json").with("version", version).text());
        }
        if (call.word(1).equals("get") && path.equals("/nodes/" + host.nodeName() + "/tasks")) {
            Map<String, String> with = new TreeMap<>();
            call.option("--vmid", "-vmid").ifPresent(vmid -> with.put("vmid", vmid));
            call.option("--source", "-source").ifPresent(source -> with.put("source", source));
            return Reply.ok(host.tasks().list(with));
        }
        if (path.startsWith("/cluster/")) {
            return cluster(call, host);
        }
        String tasks = "/nodes/" + host.nodeName() + "/tasks/";
        if (call.word(1).equals("delete") && path.startsWith(tasks)) {
            return host.tasks()
                    .abort(path.substring(tasks.length()))
                    .map(none -> Reply.ok())
                    .orElseGet(() -> Reply.failed(2, "no such task"));
        }
        if (call.word(1).equals("get")) {
            Map<String, String> with = new TreeMap<>();
            call.option("--full").ifPresent(full -> with.put("full", full));
            return LabProxmox.read(model, host.id(), path, with);
        }
        return Reply.failed(2, "No '" + call.word(1) + "' handler defined for '" + path + "'");
    }

    private Reply cluster(Call call, LabHost host) {
        Optional<LabCluster> cluster = model.cluster(host.id());
        if (cluster.isEmpty()) {
            return LabProxmox.read(model, host.id(), call.word(2), Map.of());
        }
        String form = call.word(1) + " " + call.word(2);
        switch (form) {
            case "get /cluster/status" -> {
                return Reply.ok(cluster.get().status(host.id()));
            }
            case "get /cluster/ha/resources" -> {
                return Reply.ok(cluster.get().resources());
            }
            case "get /cluster/ha/status/current" -> {
                return Reply.ok(cluster.get().current());
            }
            case "create /cluster/ha/status/disarm-ha", "create /cluster/ha/status/arm-ha" -> {
                if (unknown(call, host)) {
                    return Reply.failed(2, "No 'create' handler defined for '" + call.word(2) + "'");
                }
                cluster.get().arm(form.endsWith("/arm-ha"));
                return Reply.ok();
            }
            default -> {
                return Reply.failed(2, "No '" + call.word(1) + "' handler defined for '" + call.word(2) + "'");
            }
        }
    }

    private static boolean unknown(Call call, LabHost host) {
        List<String> words = List.of(call.word(2).substring(1).split("/", -1));
        return ProxmoxSchema.parameters("POST", words, version(host)).isEmpty();
    }

    private static String version(LabHost host) {
        return host.version().isBlank() ? "9.1.2" : host.version();
    }

    private CompletableFuture<Reply> logged(Call call, Reply reply) {
        note(call, "call");
        return reply.now();
    }

    private void note(Call call, String what) {
        model.events.note(call.on().id(), call.name(), call.word(1), call.word(2), what);
    }
}
