package io.ridethrough.camel;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.Stack;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.Pace;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.homeassistant.HomeTold;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nas.NasTold;
import io.ridethrough.target.probe.NameQuery;
import io.ridethrough.target.probe.ProbeAnswer;
import io.ridethrough.target.probe.Probes;
import io.ridethrough.target.proxmox.GuestList;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodePart;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.ssh.SshHosts;
import io.ridethrough.target.tcp.Knock;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.unifi.UnifiTold;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Looks for the standard by the ways that targets already have, and so through their breakers. Only reads. */
public final class StandardLooks implements Looks {
    /** Lines of a command that are looked at; what has more is cut. */
    private static final int MANY = 500;
    /** Of coreutils' timeout: the time was over. */
    private static final int TIMED_OUT = 124;
    /** The time was over, or there is no such program, or it was killed: nothing is told by that. */
    private static final Set<Integer> NOTHING_TOLD = Set.of(TIMED_OUT, 126, 127, 137);

    private final Ways ways;

    /** By what targets are asked. */
    public record Ways(
            Shell shell,
            Way<NodeAsk> nodes,
            Way<NasAsk> nases,
            Way<UnifiAsk> controllers,
            Way<HomeAsk> homes,
            Knock knock,
            NameQuery names,
            Probes probes,
            Pace pace) {}

    public StandardLooks(Ways ways) {
        this.ways = ways;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        CompletableFuture<Look> look = new CompletableFuture<>();
        CompletionStage<Look> asked;
        try {
            asked = asked(probe, subject);
        } catch (RuntimeException e) {
            asked = unseen("it could not be asked: " + e);
        }
        asked.whenComplete((seen, trouble) ->
                look.complete(seen != null ? seen : new Look.Unseen("it could not be asked: " + trouble)));
        ways.pace()
                .after(probe.limit())
                .thenRun(() -> look.complete(
                        new Look.Unseen("no answer in " + probe.limit().toSeconds() + " s")));
        return look;
    }

    private CompletionStage<Look> asked(Control.Probe probe, Subject subject) {
        return switch (probe.ask()) {
            case CONTRACT -> seen(Map.of());
            case COMMAND -> command(probe, subject.asset().orElseThrow());
            case MOUNTS -> mounts(probe, subject.asset().orElseThrow());
            case GUESTS -> guests(subject.id());
            case STORAGES -> parts(subject.id(), NodePart.Kind.STORAGE);
            case POOLS -> parts(subject.id(), NodePart.Kind.POOL);
            case SERVICES -> parts(subject.id(), NodePart.Kind.SERVICE);
            case DSM_STORAGE, DSM_EXPORTS, DSM_POWER, DSM_UPS -> nas(probe.ask(), subject.id());
            case UNIFI_DEVICES, UNIFI_RESERVATIONS -> controller(probe.ask(), subject.id());
            case HOME_STATE, HOME_INTEGRATIONS, HOME_ADD_ONS -> home(probe.ask(), subject.id());
            case PORTS -> ports(probe, subject.asset().orElseThrow());
            case DNS -> dns(probe, subject);
            case PROBES -> probes(probe, subject);
        };
    }

    private static CompletionStage<Look> seen(Map<String, Object> values) {
        return CompletableFuture.completedStage(new Look.Seen(values));
    }

    private static CompletionStage<Look> unseen(String why) {
        return CompletableFuture.completedStage(new Look.Unseen(why));
    }

    private CompletionStage<Look> command(Control.Probe probe, Asset asset) {
        AssetId on = asset instanceof Guest guest
                ? guest.runsOn()
                : asset instanceof Stack stack ? stack.runsOn() : asset.id();
        boolean sudo = SshHosts.accessOf(asset)
                .map(ssh -> ssh.sudo() && on.equals(asset.id()))
                .orElse(false);
        List<String> words =
                probe.run().stream().map(word -> filled(word, asset)).toList();
        RemoteCommand command = new RemoteCommand(words, probe.limit(), RemoteCommand.Lane.LOOK).asRoot(sudo);
        return ways.shell().run(on, command).thenApply(StandardLooks::told);
    }

    private static String filled(String word, Asset asset) {
        String filled = word;
        if (asset instanceof Guest guest) {
            filled = filled.replace("{vmid}", Integer.toString(guest.vmid()))
                    .replace("{tool}", guest.form() == Guest.Form.CONTAINER ? "pct" : "qm");
        } else if (asset instanceof Node node) {
            filled = filled.replace("{node}", node.nodeName());
        } else if (asset instanceof Stack stack) {
            filled = filled.replace("{project}", stack.project());
        }
        return filled;
    }

    private static Look told(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited)) {
            return new Look.Unseen(String.valueOf(result));
        }
        if (NOTHING_TOLD.contains(exited.code())) {
            return new Look.Unseen("exit " + exited.code() + ": " + exited.err().strip());
        }
        List<String> lines = exited.out()
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isBlank())
                .limit(MANY)
                .toList();
        Map<String, String> values = new TreeMap<>();
        List<String> first = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.strip().split("[:\\s]+", 2);
            first.add(line.strip().split("\\s+", 2)[0]);
            values.put(words[0], words.length > 1 ? words[1].strip() : "");
        }
        return new Look.Seen(Map.of(
                "exit",
                (long) exited.code(),
                "text",
                exited.out(),
                "lines",
                lines,
                "first",
                first,
                "value",
                values,
                "percent",
                percent(lines)));
    }

    /** The number of the last line that is a percentage; -1 without one. */
    private static long percent(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> line.matches("\\d{1,3}%"))
                .mapToLong(line -> Long.parseLong(line.substring(0, line.length() - 1)))
                .reduce(-1, (before, last) -> last);
    }

    /** Each with its own time at the far side: one that hangs is no reason to wait for others. */
    private CompletionStage<Look> mounts(Control.Probe probe, Asset asset) {
        List<Mount> mounts = asset instanceof Node node ? node.mounts() : List.of();
        Duration each = probe.limit().dividedBy(2);
        return all(mounts.stream()
                        .map(mount -> ways.shell()
                                .run(asset.id(), RemoteCommand.look(each, "mountpoint", mount.at()))
                                .thenApply(result -> Map.entry(mount.at(), result)))
                        .toList())
                .thenApply(StandardLooks::mounted);
    }

    private static Look mounted(List<Map.Entry<String, CommandResult>> all) {
        List<String> away = new ArrayList<>();
        List<String> there = new ArrayList<>();
        for (Map.Entry<String, CommandResult> one : all) {
            if (one.getValue() instanceof CommandResult.Undelivered none) {
                return new Look.Unseen(none.why());
            }
            if (one.getValue() instanceof CommandResult.Exited exited && exited.code() != TIMED_OUT) {
                (exited.code() == 0 ? there : away).add(one.getKey() + (exited.code() == 0 ? "" : " is not mounted"));
            } else {
                away.add(one.getKey() + " hangs");
            }
        }
        return new Look.Seen(Map.of("mounted", there, "not_mounted", away));
    }

    private CompletionStage<Look> guests(AssetId node) {
        return ways.nodes()
                .ask(node, new NodeAsk.Guests(Guest.Form.VM))
                .thenCombine(ways.nodes().ask(node, new NodeAsk.Guests(Guest.Form.CONTAINER)), (vms, containers) -> {
                    if (!(vms instanceof NodeTold.Listed v)) {
                        return new Look.Unseen(vms.words());
                    }
                    if (!(containers instanceof NodeTold.Listed c)) {
                        return new Look.Unseen(containers.words());
                    }
                    List<GuestList.Row> rows = new ArrayList<>(v.list().rows());
                    rows.addAll(c.list().rows());
                    return new Look.Seen(Map.of(
                            "vmids", rows.stream().map(row -> (long) row.vmid()).toList(),
                            "running",
                                    rows.stream()
                                            .filter(row -> row.status().equals("running"))
                                            .map(row -> (long) row.vmid())
                                            .toList()));
                });
    }

    private CompletionStage<Look> parts(AssetId node, NodePart.Kind kind) {
        return ways.nodes()
                .ask(node, new NodeAsk.Parts(kind))
                .thenApply(told -> as(
                        told,
                        NodeTold.Parts.class,
                        parts -> Map.of(
                                "parts",
                                        parts.parts().stream()
                                                .map(NodePart::name)
                                                .toList(),
                                "unwell",
                                        parts.parts().stream()
                                                .filter(part -> !part.isWell())
                                                .map(NodePart::toString)
                                                .toList())));
    }

    private CompletionStage<Look> nas(Control.Ask ask, AssetId nas) {
        return switch (ask) {
            case DSM_STORAGE ->
                ways.nases()
                        .ask(nas, new NasAsk.Storage())
                        .thenApply(told -> as(
                                told,
                                NasTold.Storage.class,
                                storage -> Map.of(
                                        "parts",
                                                storage.parts().stream()
                                                        .map(NasTold.Part::id)
                                                        .toList(),
                                        "unwell", storage.troubles())));
            case DSM_EXPORTS ->
                ways.nases()
                        .ask(nas, new NasAsk.Exports())
                        .thenApply(
                                told -> as(told, NasTold.Exports.class, exports -> Map.of("exports", exports.paths())));
            case DSM_POWER ->
                ways.nases()
                        .ask(nas, new NasAsk.PowerSettings())
                        .thenApply(told -> as(
                                told,
                                NasTold.PowerSettings.class,
                                power -> Map.of(
                                        "starts_after_outage", word(power.startsAfterOutage()),
                                        "wake_on_lan",
                                                power.wakeOnLan().entrySet().stream()
                                                        .filter(port -> port.getValue() == NasTold.Setting.ON)
                                                        .map(Map.Entry::getKey)
                                                        .toList())));
            default ->
                ways.nases()
                        .ask(nas, new NasAsk.Ups())
                        .thenApply(told -> as(
                                told,
                                NasTold.Ups.class,
                                ups -> Map.of("enabled", word(ups.enabled()), "mode", ups.mode())));
        };
    }

    private static String word(NasTold.Setting setting) {
        return setting.name().toLowerCase(Locale.ROOT);
    }

    private CompletionStage<Look> controller(Control.Ask ask, AssetId controller) {
        if (ask == Control.Ask.UNIFI_RESERVATIONS) {
            return ways.controllers()
                    .ask(controller, new UnifiAsk.Reservations())
                    .thenApply(told -> as(
                            told,
                            UnifiTold.Reservations.class,
                            all -> Map.of(
                                    "reservations",
                                    all.reservations().stream()
                                            .map(one -> one.mac().toLowerCase(Locale.ROOT) + " " + one.address())
                                            .toList())));
        }
        return ways.controllers()
                .ask(controller, new UnifiAsk.Devices())
                .thenApply(told -> as(
                        told,
                        UnifiTold.Devices.class,
                        all -> Map.of(
                                "macs",
                                macs(all, true, true),
                                "online",
                                macs(all, true, false),
                                "not_online",
                                macs(all, false, true))));
    }

    private static List<String> macs(UnifiTold.Devices all, boolean online, boolean others) {
        return all.devices().stream()
                .filter(device -> device.state() == UnifiTold.State.ONLINE ? online : others)
                .map(device -> device.mac().toLowerCase(Locale.ROOT))
                .toList();
    }

    private CompletionStage<Look> home(Control.Ask ask, AssetId guest) {
        return switch (ask) {
            case HOME_STATE ->
                ways.homes()
                        .ask(guest, new HomeAsk.State())
                        .thenApply(told -> as(
                                told,
                                HomeTold.Running.class,
                                state -> Map.of("state", state.word(), "version", state.version())));
            case HOME_INTEGRATIONS ->
                ways.homes()
                        .ask(guest, new HomeAsk.Integrations())
                        .thenApply(told -> as(
                                told,
                                HomeTold.Integrations.class,
                                all -> Map.of("not_loaded", all.notLoaded(), "reauth", all.reauth())));
            default ->
                ways.homes()
                        .ask(guest, new HomeAsk.AddOns())
                        .thenApply(told -> as(
                                told,
                                HomeTold.AddOns.class,
                                all -> Map.of(
                                        "started",
                                                all.states().keySet().stream()
                                                        .filter(all::runs)
                                                        .toList(),
                                        "not_started",
                                                all.states().keySet().stream()
                                                        .filter(slug -> !all.runs(slug))
                                                        .toList())));
        };
    }

    private static <T extends Told> Look as(Told told, Class<T> type, Function<T, Map<String, Object>> values) {
        return type.isInstance(told) ? new Look.Seen(values.apply(type.cast(told))) : new Look.Unseen(told.words());
    }

    private CompletionStage<Look> ports(Control.Probe probe, Asset asset) {
        if (!(asset instanceof Device device)
                || device.address().isEmpty()
                || device.ports().isEmpty()) {
            return seen(Map.of("open", List.of(), "refused", List.of()));
        }
        String address = device.address().get();
        return all(device.ports().stream()
                        .map(port -> ways.knock()
                                .knock(address, port, probe.limit().dividedBy(2))
                                .thenApply(heard -> Map.entry(port, heard)))
                        .toList())
                .thenApply(StandardLooks::knocked);
    }

    /** A port that is silent beside one that refuses tells nothing more: the device is there. */
    private static Look knocked(List<Map.Entry<Integer, Knock.Heard>> all) {
        List<Long> refused = ports(all, Knock.Sign.REFUSED);
        List<Long> open = ports(all, Knock.Sign.ACCEPTED);
        List<String> silent = all.stream()
                .filter(one -> !refused.contains((long) one.getKey()) && !open.contains((long) one.getKey()))
                .map(one -> one.getKey() + ": " + one.getValue().why())
                .toList();
        return silent.isEmpty() || !refused.isEmpty()
                ? new Look.Seen(Map.of("open", open, "refused", refused))
                : new Look.Unseen("no answer at port " + String.join(", ", silent));
    }

    private static List<Long> ports(List<Map.Entry<Integer, Knock.Heard>> all, Knock.Sign sign) {
        return all.stream()
                .filter(one -> one.getValue().sign() == sign)
                .map(one -> (long) one.getKey())
                .toList();
    }

    private CompletionStage<Look> dns(Control.Probe probe, Subject subject) {
        return subject.site().probes().stream()
                .filter(Probe.Dns.class::isInstance)
                .map(Probe.Dns.class::cast)
                .filter(asked -> subject.site()
                        .nameService()
                        .filter(asked.asset()::equals)
                        .isPresent())
                .findFirst()
                .map(asked -> ways.names()
                        .ask(
                                asked.server(),
                                asked.port(),
                                probe.name(),
                                probe.limit().dividedBy(2))
                        .thenApply(StandardLooks::answered))
                .orElseGet(() -> unseen("the site declares no dns probe of its name service"));
    }

    private static Look answered(ProbeAnswer answer) {
        return answer.health() == ProbeAnswer.Health.UNSEEN
                ? new Look.Unseen(answer.evidence())
                : new Look.Seen(
                        Map.of("answered", answer.health() == ProbeAnswer.Health.WELL, "answer", answer.evidence()));
    }

    private CompletionStage<Look> probes(Control.Probe probe, Subject subject) {
        return all(subject.site().probes().stream()
                        .filter(one -> one.asset().equals(subject.id()))
                        .map(one -> ways.probes()
                                .ask(one, probe.limit().dividedBy(2))
                                .thenApply(answer -> Map.entry(one.id(), answer)))
                        .toList())
                .thenApply(StandardLooks::answers);
    }

    private static Look answers(List<Map.Entry<String, ProbeAnswer>> all) {
        List<String> unwell = told(all, ProbeAnswer.Health.UNWELL);
        List<String> silent = told(all, ProbeAnswer.Health.UNSEEN);
        return silent.isEmpty() || !unwell.isEmpty()
                ? new Look.Seen(Map.of("well", told(all, ProbeAnswer.Health.WELL), "unwell", unwell))
                : new Look.Unseen(String.join("; ", silent));
    }

    private static List<String> told(List<Map.Entry<String, ProbeAnswer>> all, ProbeAnswer.Health health) {
        return all.stream()
                .filter(one -> one.getValue().health() == health)
                .map(one -> one.getKey()
                        + (health == ProbeAnswer.Health.WELL
                                ? ""
                                : ": " + one.getValue().evidence()))
                .toList();
    }

    /** All of them, in their order, once the last has come. */
    private static <T> CompletionStage<List<T>> all(List<CompletionStage<T>> asked) {
        List<CompletableFuture<T>> futures =
                asked.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
    }
}
