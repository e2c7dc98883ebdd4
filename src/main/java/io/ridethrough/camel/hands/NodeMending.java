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
import java.util.stream.Collectors;
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
                            ? Mending.declined(
                                    "no failed unit that may be restarted from here; one that is written wrong is a person's")
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
     * left to its server and watched: let go and not mounted again, it would leave a folder for backups to fill.
     */
    CompletionStage<Answer> mountAgain(Node node, Duration limit) {
        CompletionStage<List<Answer>> all = CompletableFuture.completedFuture(List.of());
        for (Mount mount : node.mounts()) {
            all = all.thenCompose(before -> tools.shell()
                    .run(node.id(), MountState.ask(mount, LOOK))
                    .thenApply(result -> MountState.of(mount, result))
                    .thenCompose(state -> mended(node, mount, state, limit))
                    .thenApply(answer ->
                            Stream.concat(before.stream(), answer.stream()).toList()));
        }
        return all.thenApply(NodeMending::together);
    }

    /** Empty where nothing is to be mended. */
    private CompletionStage<Optional<Answer>> mended(Node node, Mount mount, MountState state, Duration limit) {
        return switch (state.kind()) {
            case ANSWERS -> CompletableFuture.completedFuture(Optional.empty());
            case HANGS ->
                CompletableFuture.completedFuture(Optional.of(new Answer.Accepted(
                        state.evidence() + ": it goes on by itself once " + mount.servedBy() + " answers")));
            case UNSEEN, AMISS -> Mending.declined(state.evidence()).thenApply(Optional::of);
            case ABSENT -> mounted(node, mount, limit).thenApply(Optional::of);
            case STALE ->
                sent(node, MendingCommands.letGo(node, mount))
                        .thenCompose(gone -> gone instanceof Answer.Accepted
                                ? mounted(node, mount, limit)
                                : CompletableFuture.completedFuture(gone))
                        .thenApply(Optional::of);
        };
    }

    private CompletionStage<Answer> mounted(Node node, Mount mount, Duration limit) {
        return MendingCommands.server(tools.contracts(), mount)
                .map(server -> sent(node, MendingCommands.mount(node, mount, server, limit.dividedBy(2))))
                .orElseGet(() -> Mending.declined(mount.servedBy() + " has no address to mount from"));
    }

    /** Taken where one was, since there is something to watch then; otherwise the first that was not. */
    private static Answer together(List<Answer> all) {
        String words = all.stream().map(Answer::evidence).collect(Collectors.joining("; "));
        if (all.stream().anyMatch(Answer.Accepted.class::isInstance)) {
            return new Answer.Accepted(words);
        }
        return all.stream()
                .filter(answer -> !(answer instanceof Answer.Declined))
                .findFirst()
                .orElseGet(() -> new Answer.Declined(all.isEmpty() ? "every declared mount is there" : words));
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
