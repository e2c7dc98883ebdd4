package io.ridethrough.camel.hands;

import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Node;
import io.ridethrough.run.Answer;
import io.ridethrough.target.Said;
import io.ridethrough.target.proxmox.MendingCommands;
import io.ridethrough.target.proxmox.MountState;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is mended on a node itself: units and mounts, by SSH. Units that configure the network, or that start and stop
 * guests, are left to a person: the one cuts our way, the other starts what somebody has stopped.
 */
final class NodeMending {
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9@:_.-]{1,120}\\.(service|timer|socket|path|mount)");
    private static final Set<String> A_PERSONS =
            Set.of("networking.service", "systemd-networkd.service", "ifupdown2-pre.service", "pve-guests.service");

    private final Tools tools;

    NodeMending(Tools tools) {
        this.tools = tools;
    }

    CompletionStage<Answer> restart(Node node, List<String> units, Duration limit) {
        return sent(node, MendingCommands.restart(node, units, limit));
    }

    /** @param first the units that have to be active before; those that are not are restarted first */
    CompletionStage<Answer> restartFailed(Node node, List<String> first, Duration limit) {
        return looked(node, Stream.concat(Stream.of("systemctl", "is-active"), first.stream()))
                .thenCompose(active -> first.isEmpty() || exit(active) == 0
                        ? CompletableFuture.<Answer>completedFuture(new Answer.Accepted("what they need is active"))
                        : restart(node, first, limit))
                .thenCompose(needed -> needed instanceof Answer.Accepted
                        ? failed(node, limit)
                        : CompletableFuture.completedFuture(needed));
    }

    private CompletionStage<Answer> failed(Node node, Duration limit) {
        return looked(node, Stream.of("systemctl", "list-units", "--failed", "--plain", "--no-legend", "--no-pager"))
                .thenCompose(result -> {
                    if (exit(result) != 0) {
                        return Mending.declined("its failed units are not told: " + Said.by(result));
                    }
                    List<String> units = units(((CommandResult.Exited) result).out());
                    return units.isEmpty()
                            ? Mending.declined("no failed unit that may be restarted from here")
                            : restart(node, units, limit).thenApply(answer -> named(answer, units));
                });
    }

    private static Answer named(Answer answer, List<String> units) {
        return answer instanceof Answer.Accepted
                ? new Answer.Accepted("restarted " + String.join(", ", units))
                : answer;
    }

    private static List<String> units(String listed) {
        return listed.lines()
                .map(line -> line.strip().split("\\s+", 2)[0])
                .filter(unit -> UNIT.matcher(unit).matches() && !A_PERSONS.contains(unit))
                .toList();
    }

    /**
     * Every declared mount that is not there, or is stale: that is let go first, which removes nothing. One that hangs is
     * left to its server: let go and not mounted again, it would leave a folder for backups to fill.
     */
    CompletionStage<Answer> mountAgain(Node node, Duration limit) {
        CompletionStage<Answer> last = Mending.declined("every declared mount is there");
        for (Mount mount : node.mounts()) {
            last = last.thenCompose(before -> tools.shell()
                    .run(node.id(), MountState.ask(mount, LOOK))
                    .thenApply(result -> MountState.of(mount, result))
                    .thenCompose(state -> mendedOf(node, mount, state, before, limit)));
        }
        return last;
    }

    private CompletionStage<Answer> mendedOf(Node node, Mount mount, MountState state, Answer before, Duration limit) {
        Optional<String> server = MendingCommands.server(tools.contracts(), mount);
        return switch (state.kind()) {
            case ANSWERS -> CompletableFuture.completedFuture(before);
            case UNSEEN -> Mending.declined(state.evidence());
            case HANGS ->
                Mending.declined(state.evidence() + ": it goes on by itself once " + mount.servedBy() + " answers");
            case ABSENT, BROKEN ->
                server.isEmpty()
                        ? Mending.declined(mount.servedBy() + " has no address to mount from")
                        : mounted(node, mount, server.get(), state.kind() == MountState.Kind.BROKEN, limit);
        };
    }

    private CompletionStage<Answer> mounted(Node node, Mount mount, String server, boolean stale, Duration limit) {
        CompletionStage<Answer> free = stale
                ? sent(node, MendingCommands.letGo(node, mount))
                : CompletableFuture.completedFuture(new Answer.Accepted("nothing is there"));
        return free.thenCompose(done -> sent(node, MendingCommands.mount(node, mount, server, limit.dividedBy(2))));
    }

    private CompletionStage<CommandResult> looked(Node node, Stream<String> words) {
        return tools.shell().run(node.id(), new RemoteCommand(words.toList(), LOOK, RemoteCommand.Lane.LOOK));
    }

    private CompletionStage<Answer> sent(Node node, RemoteCommand command) {
        return tools.shell().run(node.id(), command).thenApply(Answers::of);
    }

    /** -1 where the command did not end by itself. */
    private static int exit(CommandResult result) {
        return result instanceof CommandResult.Exited exited ? exited.code() : -1;
    }
}
