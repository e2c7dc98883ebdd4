package io.ridethrough.camel.look;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Node;
import io.ridethrough.plan.NativeOrder;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.Shell;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Compares the order in which a node starts its guests by itself with the one that the relations ask for. Only reads. */
final class NativeOrderLooks implements Looks {
    private final Supplier<Contracts> contracts;
    private final Shell shell;
    private volatile Orders orders;

    /** What the relations of one state of the contracts ask for. */
    private record Orders(Contracts of, Map<AssetId, NativeOrder> all) {
        Orders(Contracts of) {
            this(of, NativeOrder.all(of));
        }
    }

    NativeOrderLooks(Supplier<Contracts> contracts, Shell shell) {
        this.contracts = contracts;
        this.orders = new Orders(contracts.get());
        this.shell = shell;
    }

    private Map<AssetId, NativeOrder> now() {
        Orders known = orders;
        Contracts now = contracts.get();
        if (!known.of().equals(now)) {
            known = new Orders(now);
            orders = known;
        }
        return known.all();
    }

    /** A guest whose configuration cannot be read leaves the whole unseen: what is not known is not in order. */
    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        Node node = (Node) subject.asset().orElseThrow();
        Duration limit = probe.limit().dividedBy(2);
        NativeOrder order = Objects.requireNonNull(now().get(node.id()));
        Map<AssetId, CompletableFuture<CommandResult>> asked = new TreeMap<>();
        for (NativeOrder.Ordered one : order.guests()) {
            Guest guest = one.guest();
            String tool = guest.form() == Guest.Form.CONTAINER ? "pct" : "qm";
            RemoteCommand config = RemoteCommand.look(limit, tool, "config", Integer.toString(guest.vmid()))
                    .asRoot(node.ssh().sudo());
            asked.put(guest.id(), shell.run(node.id(), config).toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> compared(order, asked));
    }

    private static Look compared(NativeOrder order, Map<AssetId, CompletableFuture<CommandResult>> asked) {
        Map<AssetId, NativeOrder.Found> found = new TreeMap<>();
        for (Map.Entry<AssetId, CompletableFuture<CommandResult>> one : asked.entrySet()) {
            CommandResult result = one.getValue().join();
            if (!(result instanceof CommandResult.Exited exited) || exited.code() != 0) {
                return new Look.Unseen(one.getKey() + ": " + result);
            }
            Map<String, String> values = exited.out()
                    .lines()
                    .map(line -> line.split(": ", 2))
                    .filter(words -> words.length == 2)
                    .collect(Collectors.toMap(words -> words[0], words -> words[1].strip(), (first, other) -> first));
            found.put(
                    one.getKey(),
                    new NativeOrder.Found(
                            values.getOrDefault("onboot", "0").equals("1"), values.getOrDefault("startup", "")));
        }
        return new Look.Seen(Map.of("amiss", order.amiss(found)));
    }
}
