package io.ridethrough.lab.host;

import io.ridethrough.contract.Posture;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What a node tells of its own health: units, scheduler, mail, ssh, processor, disk (protocols 1.6). */
final class HealthCommands implements LabShell.Family {
    private static final Map<String, Condition> UNITS = Map.of(
            "pveproxy", Condition.UNIT_FAILED,
            "pvescheduler", Condition.SCHEDULER_STOPPED,
            "pve-firewall", Condition.FIREWALL_STOPPED,
            "pve-cluster", Condition.CLUSTER_STOPPED);

    private final LabModel model;

    HealthCommands(LabModel model) {
        this.model = model;
    }

    @Override
    public Optional<CompletableFuture<Reply>> answer(Call call) {
        return model.host(call.on().id())
                .filter(host -> !host.isNas())
                .flatMap(host -> reply(call, host))
                .map(reply -> {
                    model.events.note(call.on().id(), call.name(), call.word(1), "-", "call");
                    return reply.now();
                });
    }

    private Optional<Reply> reply(Call call, LabHost host) {
        return switch (call.name()) {
            case "systemctl" -> systemctl(call);
            case "postqueue" ->
                Optional.of(Reply.ok(
                        is(call, Condition.MAIL_STUCK)
                                ? "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n4F1A2 900 root\n"
                                : "Mail queue is empty"));
            case "postconf" -> Optional.of(Reply.ok(is(call, Condition.NO_RELAY) ? "" : "[mail.example.com]:587"));
            case "apt-get" -> Optional.of(Reply.ok(updates(call)));
            case "ip" -> Optional.of(Reply.ok(neighbours(call)));
            case "sshd" ->
                Optional.of(Reply.ok("port 22\npermitrootlogin "
                        + (is(call, Condition.ROOT_BY_PASSWORD) ? "yes" : "without-password")));
            case "proxmox-boot-tool" ->
                Optional.of(
                        is(call, Condition.BOOT_PARTITION_AWAY)
                                ? Reply.ok(
                                        "WARN: /dev/disk/by-uuid/ABCD-0001 does not exist - clean '/etc/kernel/proxmox-boot-uuids'!")
                                : new Reply(2, "", "E: /etc/kernel/proxmox-boot-uuids does not exist.\n"));
            case "ifquery" -> Optional.of(is(call, Condition.GHOST_INTERFACE) ? new Reply(1, "", "") : Reply.ok());
            case "getent" -> Optional.of(Reply.ok(name(call, host)));
            case "df" ->
                call.has("--output=pcent") ? Optional.of(Reply.ok("Use%\n " + fill(call) + "%")) : Optional.empty();
            case "cat" -> file(call, host);
            default -> Optional.empty();
        };
    }

    private void restarted(Call call, String unit) {
        if (UNITS.containsKey(unit) && !is(call, Condition.RESTARTS_IN_VAIN)) {
            model.conditions(call.on().id()).remove(UNITS.get(unit));
        }
    }

    private int fill(Call call) {
        return is(call, Condition.ROOT_DISK_CRITICAL) ? 98 : is(call, Condition.ROOT_DISK_FULL) ? 90 : 41;
    }

    /** With {@code -s} what would be installed; without it nothing is left of that. */
    private String updates(Call call) {
        if (!call.has("-s")) {
            model.amiss(call.on().id(), Condition.UPDATES_PENDING, false);
        }
        return is(call, Condition.UPDATES_PENDING)
                ? "Inst pve-manager [9.1.2] (9.1.4 Proxmox:13/stable [amd64])\n".repeat(19)
                : "";
    }

    private Optional<Reply> systemctl(Call call) {
        if (call.has("--failed") || call.has("--state=failed,bad-setting,error")) {
            return Optional.of(Reply.ok(
                    is(call, Condition.UNIT_FAILED)
                            ? "pveproxy.service loaded failed failed PVE API Proxy Server"
                            : ""));
        }
        if (call.has("restart")) {
            call.words().subList(2, call.words().size()).forEach(unit -> {
                model.events.note(call.on().id(), "systemctl", "restart", unit, "begin");
                restarted(call, unit.replace(".service", ""));
            });
            return Optional.of(Reply.ok());
        }
        String unit = call.word(call.words().size() - 1);
        boolean stopped = (unit.equals("pvescheduler") && is(call, Condition.SCHEDULER_STOPPED))
                || (unit.equals("pve-cluster") && is(call, Condition.CLUSTER_STOPPED))
                || (unit.equals("pve-firewall") && is(call, Condition.FIREWALL_STOPPED));
        stopped |= unit.equals("nut-monitor") && is(call, Condition.UPSMON_STOPPED);
        stopped |= unit.equals("apcupsd") && !is(call, Condition.APCUPSD_RUNS);
        if (stopped) {
            return Optional.of(new Reply(3, "inactive\n", ""));
        }
        boolean one = call.has("is-active") && call.words().size() == 3;
        return one ? Optional.of(Reply.ok("active")) : Optional.empty();
    }

    /** What {@code ip neigh show} prints of those devices whose hardware address is declared. */
    private String neighbours(Call call) {
        boolean other = is(call, Condition.OTHER_MAC);
        return strangers(call)
                + model.devices(call.on().id().site())
                        .filter(device ->
                                device.address().isPresent() && !device.macs().isEmpty())
                        .map(device -> {
                            String declared = device.macs().get(0).toLowerCase(Locale.ROOT);
                            return device.address().orElseThrow() + " dev vmbr0 lladdr "
                                    + (other && device.role().equals("gateway") ? exchanged(declared) : declared)
                                    + " REACHABLE\n";
                        })
                        .collect(Collectors.joining());
    }

    /** A client that nobody knows, at the end of the range for what is known; a device on a network of others. */
    private String strangers(Call call) {
        Posture posture = model.posture(call.on().id().site());
        String unknown = is(call, Condition.UNKNOWN_CLIENT)
                ? model.devices(call.on().id().site())
                        .flatMap(device -> device.macs().stream())
                        .limit(1)
                        .flatMap(mac -> posture.pool().stream().map(pool -> heard(before(pool.from()), exchanged(mac))))
                        .collect(Collectors.joining())
                : "";
        if (!is(call, Condition.OTHER_NETWORK)) {
            return unknown;
        }
        return unknown
                + model.devices(call.on().id().site())
                        .filter(device -> !device.macs().isEmpty()
                                && posture.segmentOf(device.role()).isPresent())
                        .limit(1)
                        .flatMap(device -> posture.segments().stream()
                                .filter(segment -> !segment.classes().contains(device.role()))
                                .map(segment -> heard(
                                        before(segment.subnet().replace(".0/", ".99/")),
                                        device.macs().get(0)))
                                .limit(1))
                        .collect(Collectors.joining());
    }

    private static String heard(String address, String mac) {
        return address + " dev vmbr0 lladdr " + mac.toLowerCase(Locale.ROOT) + " STALE\n";
    }

    /** The address before that one, which does not begin a block. */
    private static String before(String address) {
        String bare = address.replaceAll("/.*", "");
        int dot = bare.lastIndexOf('.');
        return bare.substring(0, dot + 1) + (Integer.parseInt(bare.substring(dot + 1)) - 1);
    }

    /** The hardware address that another device has, with a maker's part that no maker owns. */
    private static String exchanged(String mac) {
        String maker = "02:00:00";
        return maker + mac.substring(maker.length());
    }

    private String name(Call call, LabHost host) {
        String address = is(call, Condition.STALE_HOSTS_FILE) ? "127.0.1.1" : model.address(host.id());
        return address + "       " + host.nodeName();
    }

    private Optional<Reply> file(Call call, LabHost host) {
        return switch (call.word(1)) {
            case "/etc/resolv.conf" ->
                Optional.of(Reply.ok("search lan\nnameserver "
                        + (is(call, Condition.OTHER_RESOLVER)
                                ? "127.0.0.53"
                                : model.nameService(host.id()).orElse("127.0.0.1"))));
            case "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor" ->
                Optional.of(Reply.ok(is(call, Condition.PERFORMANCE_GOVERNOR) ? "performance" : "powersave"));
            case "/sys/devices/system/cpu/vulnerabilities/spec_rstack_overflow" ->
                Optional.of(Reply.ok(is(call, Condition.UNMITIGATED) ? "Vulnerable" : "Mitigation: Safe RET"));
            default -> Optional.empty();
        };
    }

    private boolean is(Call call, Condition condition) {
        return model.conditions(call.on().id()).contains(condition);
    }
}
