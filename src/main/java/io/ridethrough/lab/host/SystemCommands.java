package io.ridethrough.lab.host;

import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Posture;
import io.ridethrough.contract.Probe;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What every machine answers: boot id, uptime, mounts, tailscale, and the contract's own command probes. */
final class SystemCommands implements LabShell.Family {
    private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";
    private final LabModel model;

    SystemCommands(LabModel model) {
        this.model = model;
    }

    @Override
    public Optional<CompletableFuture<Reply>> answer(Call call) {
        Optional<CompletableFuture<Reply>> probe = probe(call).map(Reply::now);
        if (probe.isPresent()) {
            return probe;
        }
        Optional<CompletableFuture<Reply>> reply =
                switch (call.name()) {
                    case "true", "cd", ":" -> now(Reply.ok());
                    case "false" -> now(new Reply(1, "", ""));
                    case "echo" ->
                        now(Reply.ok(String.join(
                                " ", call.words().subList(1, call.words().size()))));
                    case "uptime" ->
                        now(Reply.ok(" 12:00:00 up 10 days,  1:02,  0 users,  load average: 0.10, 0.10, 0.10"));
                    case "hostname" -> now(Reply.ok(call.on().id().name()));
                    case "cat" -> call.has(BOOT_ID) ? now(Reply.ok(call.on().bootId())) : Optional.empty();
                    case "ls" -> deploys(call).or(() -> mount(call));
                    case "mount" -> mounted(call);
                    case "umount" -> now(Reply.ok());
                    case "ps" -> now(Reply.ok(processes(call)));
                    case "stat", "mountpoint", "findmnt", "df" -> mount(call);
                    case "wakeonlan" -> wake(call);
                    case "showmount" -> now(Reply.ok(exports(call)));
                    case "tailscale" -> call.word(1).equals("status") ? now(Reply.ok(tailnet(call))) : Optional.empty();
                    case "grep" -> now(new Reply(2, "", ""));
                    case "systemctl" ->
                        now(Reply.ok(
                                call.has("is-active")
                                        ? "active\n"
                                                .repeat(Math.max(1, call.words().size() - 2))
                                        : "running"));
                    default -> Optional.empty();
                };
        reply.ifPresent(heard -> model.events.note(call.on().id(), call.name(), call.word(1), "-", "call"));
        return reply;
    }

    private static Optional<CompletableFuture<Reply>> now(Reply reply) {
        return Optional.of(reply.now());
    }

    private Optional<Reply> probe(Call call) {
        return model.contracts().sites().values().stream()
                .flatMap(site -> site.probes().stream())
                .filter(Probe.Command.class::isInstance)
                .map(Probe.Command.class::cast)
                .filter(probe -> probe.command().equals(call.words()))
                .filter(probe ->
                        model.machine(probe.on()).filter(call.on()::equals).isPresent())
                .findFirst()
                .map(probe -> {
                    model.events.note(call.on().id(), call.name(), "probe", probe.id(), "call");
                    return model.isUp(probe.asset()) ? Reply.ok() : Reply.failed(1, "not well");
                });
    }

    /** {@code wakeonlan -i address -p port mac...}: all that listen are on its LAN. */
    private Optional<CompletableFuture<Reply>> wake(Call call) {
        call.words().stream().filter(word -> word.contains(":")).distinct().forEach(model::magicPacket);
        return now(Reply.ok("Sending magic packet"));
    }

    /** What marks a stack that is being deployed; 2 and a line on standard error where there is no such file. */
    private Optional<CompletableFuture<Reply>> deploys(Call call) {
        String path = call.word(call.words().size() - 1);
        return model.stacksOn(call.on().id()).stream()
                .filter(stack -> path.equals(stack.declared().path() + "/.deploying"))
                .findFirst()
                .map(stack -> model.conditions(stack.declared().id()).contains(Condition.DEPLOYING)
                        ? Reply.ok(path)
                        : Reply.failed(2, "ls: cannot access '" + path + "': No such file or directory"))
                .map(Reply::now);
    }

    private Optional<CompletableFuture<Reply>> mounted(Call call) {
        String path = call.word(call.words().size() - 1);
        boolean served = model.mountsOf(call.on().id()).stream()
                .anyMatch(mount -> mount.at().equals(path) && model.isUp(mount.servedBy()));
        if (served) {
            model.conditions(call.on().id()).remove(Condition.NOT_MOUNTED);
        }
        return now(served ? Reply.ok() : new Reply(32, "", "mount.nfs: Connection refused\n"));
    }

    private String processes(Call call) {
        boolean copied = model.conditions(call.on().id()).contains(Condition.COPIED_TO);
        return "systemd\nsshd\nnfsd\n" + (copied ? "rsync\n" : "");
    }

    /** A mount whose server is down hangs, as a hard NFS mount does (protocols 11, trap 16). */
    private Optional<CompletableFuture<Reply>> mount(Call call) {
        String path = call.word(call.words().size() - 1);
        for (Mount mount : model.mountsOf(call.on().id())) {
            if (path.equals(mount.at()) || path.startsWith(mount.at() + "/")) {
                boolean away = model.conditions(call.on().id()).contains(Condition.NOT_MOUNTED);
                if (call.name().equals("df")) {
                    return away || model.isUp(mount.servedBy())
                            ? now(Reply.ok("Mounted on\n" + (away ? "/" : mount.at())))
                            : Optional.of(new CompletableFuture<>());
                }
                if (away) {
                    return now(new Reply(32, path + " is not a mountpoint\n", ""));
                }
                return model.isUp(mount.servedBy())
                        ? now(Reply.ok(call.name().equals("mountpoint") ? path + " is a mountpoint" : "nfs"))
                        : Optional.of(new CompletableFuture<>());
            }
        }
        return switch (call.name()) {
            case "mountpoint" -> now(new Reply(32, path + " is not a mountpoint\n", ""));
            case "findmnt" -> now(new Reply(1, "", ""));
            default -> now(Reply.ok(call.name().equals("stat") ? "ext2/ext3" : ""));
        };
    }

    private String exports(Call call) {
        List<String> lines = new ArrayList<>();
        lines.add("Export list for " + call.on().id().name() + ":");
        model.host(call.on().id()).ifPresent(host -> host.exports().forEach(export -> lines.add(export + " *")));
        if (model.conditions(call.on().id()).contains(Condition.EXPORT_LOST)) {
            lines.remove(lines.size() - 1);
        }
        return String.join("\n", lines);
    }

    private String tailnet(Call call) {
        String self = call.on().id().name();
        Optional<Posture.Tailnet> declared =
                model.posture(call.on().id().site()).tailnet();
        Stream<String> routers = model.contracts().sites().values().stream()
                .flatMap(site -> site.outOfBand().routers().stream()
                        .filter(router -> site.id().equals(call.on().id().site()) || isOn(declared, router))
                        .map(router -> peer(router, true, List.of(site.lan()))));
        Stream<String> members = declared.stream().flatMap(tailnet -> members(call, self, tailnet));
        return Fixture.read("tailscale-status.json")
                .with("self", self)
                .with(
                        "self-dns",
                        declared.flatMap(tailnet -> tailnet.peers().stream()
                                        .filter(peer -> peer.startsWith(self + "."))
                                        .findFirst())
                                .orElse(self + ".lab.ts.net"))
                .with("key-expiry", keyExpiry(call))
                .with("peers", Stream.concat(routers, members).distinct().collect(Collectors.joining(",")))
                .text();
    }

    /** Half a year from its last login, as is usual (protocols 8). */
    private String keyExpiry(Call call) {
        int days = model.conditions(call.on().id()).contains(Condition.KEY_ENDS) ? 10 : 170;
        return Instant.now().plus(days, ChronoUnit.DAYS).toString();
    }

    /** Whether another site's router is on that tailnet too: by its name, where that is declared. */
    private static boolean isOn(Optional<Posture.Tailnet> tailnet, String router) {
        return tailnet.stream()
                .flatMap(declared -> declared.peers().stream())
                .allMatch(peer -> router.contains(peer.substring(peer.indexOf('.'))));
    }

    /** Those who have to be there; the last of them carries the declared subnets. */
    private Stream<String> members(Call call, String self, Posture.Tailnet tailnet) {
        Set<Condition> amiss = model.conditions(call.on().id());
        List<String> others = tailnet.peers().stream()
                .filter(peer -> !peer.startsWith(self + "."))
                .toList();
        Stream<String> strange = amiss.contains(Condition.STRANGE_PEER)
                ? Stream.of(peer("stranger.lab.ts.net", true, List.of()))
                : Stream.empty();
        return Stream.concat(
                strange,
                IntStream.range(0, others.size())
                        .mapToObj(i -> peer(
                                others.get(i),
                                i > 0 || !amiss.contains(Condition.PEER_AWAY),
                                i == others.size() - 1 && !amiss.contains(Condition.ROUTE_LOST)
                                        ? tailnet.routes()
                                        : List.of())));
    }

    private static String peer(String name, boolean online, List<String> routes) {
        String dns = name.endsWith(".") ? name : name + ".";
        return Fixture.read("tailscale-peer.json")
                .with("name", dns.substring(0, dns.indexOf('.')))
                .with("dns-name", dns)
                .with("online", Boolean.toString(online))
                .with("last-seen", online ? "0001-01-01T00:00:00Z" : "2020-02-01T03:00:00Z")
                .with("routes", routes.stream().map(route -> '"' + route + '"').collect(Collectors.joining(",")))
                .text();
    }
}
