package io.ridethrough.target.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.Node;
import io.ridethrough.target.Said;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.Permitted;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.way.Commanded;
import io.ridethrough.target.way.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks nodes by {@code qm}, {@code pct} and {@code systemctl} over SSH. Never throws. Thread-safe. */
public final class SshWay {
    private static final Pattern NONE = Pattern.compile("(?!)");
    private static final Pattern LOCK = Pattern.compile("(?m)^lock: *([a-z-]+)");
    private static final Pattern STOPPED = Pattern.compile("\\b(VM|CT) \\d+ not running");
    /** The node may have started it at boot before we did: no refusal (protocols 1.4). */
    private static final Pattern STARTED = Pattern.compile("\\b(VM|CT) \\d+ already running");

    /** In the order in which they are read. */
    static final List<String> CLUSTER =
            List.of("/cluster/status", "/cluster/ha/resources", "/cluster/ha/status/current");

    private final Shell shell;

    public SshWay(Shell shell) {
        this.shell = shell;
    }

    public CompletionStage<Told> ask(Node node, NodeAsk ask) {
        boolean sudo = node.ssh().sudo();
        if (ask instanceof NodeAsk.State look) {
            return run(node, guest(node, look.form(), look.vmid()).status()).thenApply(SshWay::state);
        }
        if (ask instanceof NodeAsk.Guests look) {
            return run(node, GuestCommands.list(look.form(), sudo)).thenApply(result -> listed(look.form(), result));
        }
        if (ask instanceof NodeAsk.Respond look) {
            return did(node, guest(node, look.form(), look.vmid()).respond(), NONE);
        }
        if (ask instanceof NodeAsk.Tasks look) {
            return run(node, NodeCommands.tasks(node.nodeName(), look.vmid(), sudo))
                    .thenApply(SshWay::tasks);
        }
        if (ask instanceof NodeAsk.Working) {
            return run(node, NodeCommands.working(node.nodeName(), sudo)).thenApply(SshWay::tasks);
        }
        if (ask instanceof NodeAsk.Lock look) {
            return run(node, guest(node, look.form(), look.vmid()).config()).thenApply(SshWay::lock);
        }
        if (ask instanceof NodeAsk.Parts look) {
            return run(node, PartCommands.of(look.kind(), node.nodeName(), sudo))
                    .thenApply(result -> PartCommands.read(look.kind(), result));
        }
        if (ask instanceof NodeAsk.Rights look) {
            return rights(node, look);
        }
        if (ask instanceof NodeAsk.Cluster) {
            return cluster(node, sudo);
        }
        if (ask instanceof NodeAsk.HighAvailability act) {
            return did(node, NodeCommands.highAvailability(act.wanted(), sudo, act.limit()), NONE);
        }
        if (ask instanceof NodeAsk.Abort act) {
            return did(node, NodeCommands.abort(node.nodeName(), act.upid(), sudo, act.limit()), NONE);
        }
        if (ask instanceof NodeAsk.Shutdown act) {
            return did(node, guest(node, act.form(), act.vmid()).shutdown(act.grace(), act.limit()), STOPPED);
        }
        if (ask instanceof NodeAsk.Stop act) {
            return did(node, guest(node, act.form(), act.vmid()).stop(node.version(), act.limit()), STOPPED);
        }
        if (ask instanceof NodeAsk.Start act) {
            return did(node, guest(node, act.form(), act.vmid()).start(act.limit()), STARTED);
        }
        return did(node, NodeCommands.powerOff(sudo, ((NodeAsk.PowerOff) ask).limit()), NONE);
    }

    /** Without sudo a list that is root's alone tells enough; with it, sudo itself is asked about each kind of command. */
    private CompletionStage<Told> rights(Node node, NodeAsk.Rights look) {
        if (!node.ssh().sudo()) {
            return run(node, GuestCommands.list(Form.VM, false))
                    .thenApply(result -> did(result, NONE))
                    .thenApply(told -> told instanceof Told.Done ? new Told.Done("logs in, and qm answers") : told);
        }
        return Permitted.all(command -> run(node, command), RootCommands.of(node, look.guests()));
    }

    /** Three answers, of which one that cannot be read makes the whole unread. */
    private CompletionStage<Told> cluster(Node node, boolean sudo) {
        List<CompletableFuture<CommandResult>> all = CLUSTER.stream()
                .map(path -> run(node, NodeCommands.cluster(path, sudo)).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenApply(done -> {
            List<JsonNode> read = new ArrayList<>();
            for (CompletableFuture<CommandResult> one : all) {
                Optional<JsonNode> list = list(one.join());
                if (list.isEmpty()) {
                    return unread(one.join(), "no word of its cluster");
                }
                read.add(list.get());
            }
            return new NodeTold.Cluster(ClusterState.read(read.get(0), read.get(1), read.get(2)));
        });
    }

    private static Optional<JsonNode> list(CommandResult result) {
        return result instanceof CommandResult.Exited exited && exited.code() == 0
                ? Reply.json(exited.out()).filter(JsonNode::isArray)
                : Optional.empty();
    }

    private static GuestCommands guest(Node node, Form form, int vmid) {
        return new GuestCommands(form, vmid, node.ssh().sudo());
    }

    private CompletionStage<CommandResult> run(Node node, RemoteCommand command) {
        return shell.run(node.id(), command);
    }

    private static Told state(CommandResult result) {
        return result instanceof CommandResult.Exited ? new NodeTold.State(GuestState.read(result)) : did(result, NONE);
    }

    private static Told listed(Form form, CommandResult result) {
        return result instanceof CommandResult.Exited exited && exited.code() == 0
                ? new NodeTold.Listed(GuestList.read(form, exited.out()))
                : did(result, NONE);
    }

    private static Told tasks(CommandResult result) {
        return list(result)
                .<Told>map(rows -> new NodeTold.Tasks(NodeTask.read(rows)))
                .orElseGet(() -> unread(result, "no list of tasks"));
    }

    /** A configuration has sorted lines, {@code lock: backup} among them (protocols 1.6). */
    private static Told lock(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited)
                || exited.code() != 0
                || exited.out().isBlank()) {
            return unread(result, "no configuration");
        }
        Matcher lock = LOCK.matcher(exited.out());
        return new NodeTold.Lock(lock.find() ? lock.group(1) : "");
    }

    private static Told unread(CommandResult result, String what) {
        return result instanceof CommandResult.Exited
                ? new Told.Declined(what + ": " + Said.by(result))
                : did(result, NONE);
    }

    private CompletionStage<Told> did(Node node, RemoteCommand command, Pattern already) {
        return run(node, command).thenApply(result -> did(result, already));
    }

    /** What says so already is no refusal. */
    private static Told did(CommandResult result, Pattern already) {
        Told told = Commanded.told(result);
        return told instanceof Told.Declined no
                        && result instanceof CommandResult.Exited exited
                        && already.matcher(exited.err()).find()
                ? new Told.Done("it says so already: " + no.evidence())
                : told;
    }
}
