package io.ridethrough.lab.host;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** {@code ha-manager}, and the daemons of high availability, on a node of a cluster (pve-docs, ha-manager.adoc). */
final class ClusterCommands implements LabShell.Family {
    private static final Set<String> DAEMONS = Set.of(LabCluster.LRM, LabCluster.CRM);
    private static final Set<String> STATES = Set.of("started", "stopped", "disabled", "ignored", "enabled");

    private final LabModel model;

    ClusterCommands(LabModel model) {
        this.model = model;
    }

    @Override
    public Optional<CompletableFuture<Reply>> answer(Call call) {
        Optional<LabHost> host = model.host(call.on().id());
        Optional<LabCluster> cluster = model.cluster(call.on().id());
        if (host.isEmpty() || cluster.isEmpty()) {
            return Optional.empty();
        }
        Optional<Reply> reply =
                switch (call.name()) {
                    case "ha-manager" -> Optional.of(set(call, host.get(), cluster.get()));
                    case "systemctl" -> systemctl(call, host.get(), cluster.get());
                    default -> Optional.empty();
                };
        return reply.map(Reply::now);
    }

    private static Reply set(Call call, LabHost host, LabCluster cluster) {
        String state = call.option("--state").orElse("");
        if (!call.root()) {
            return Reply.failed(255, "please run as root");
        }
        if (!call.word(1).equals("set") || !STATES.contains(state)) {
            return Reply.failed(255, "400 Parameter verification failed.\nha-manager set <sid> [OPTIONS]");
        }
        return cluster.set(host, call.word(2), state);
    }

    private static Optional<Reply> systemctl(Call call, LabHost host, LabCluster cluster) {
        List<String> units = call.words().stream().skip(2).toList();
        if (units.isEmpty() || !DAEMONS.containsAll(units)) {
            return Optional.empty();
        }
        switch (call.word(1)) {
            case "is-active" -> {
                StringBuilder words = new StringBuilder();
                units.forEach(unit -> words.append(cluster.runs(host, unit) ? "active\n" : "inactive\n"));
                boolean all = units.stream().allMatch(unit -> cluster.runs(host, unit));
                return Optional.of(new Reply(all ? 0 : 3, words.toString(), ""));
            }
            case "stop", "start" -> {
                if (!call.root()) {
                    return Optional.of(Reply.failed(1, "Interactive authentication required."));
                }
                boolean start = call.word(1).equals("start");
                units.forEach(unit -> {
                    if (start) {
                        cluster.start(host, unit);
                    } else {
                        cluster.stop(host, unit);
                    }
                });
                return Optional.of(Reply.ok());
            }
            default -> {
                return Optional.empty();
            }
        }
    }
}
