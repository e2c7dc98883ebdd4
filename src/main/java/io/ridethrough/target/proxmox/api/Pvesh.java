package io.ridethrough.target.proxmox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Node;
import io.ridethrough.target.Said;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.RemoteCommand.Lane;
import io.ridethrough.target.ssh.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Requests that change nothing, by {@code pvesh get} on the node: bare data, and an exit code (protocols 1.6). */
record Pvesh(Shell shell, Duration limit) implements Inventory.Answers {
    @Override
    public CompletionStage<JsonNode> data(Node by, Request request) {
        List<String> words = new ArrayList<>(List.of("pvesh", "get", request.path()));
        request.parameters().forEach((name, value) -> words.addAll(List.of("--" + name, value)));
        words.addAll(List.of("--output-format", "json"));
        return shell.run(
                        by.id(),
                        new RemoteCommand(words, limit, Lane.LOOK)
                                .asRoot(by.ssh().sudo()))
                .thenCompose(result -> read(request, result));
    }

    private static CompletionStage<JsonNode> read(Request request, CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited)) {
            return Inventory.unseen(request, String.valueOf(result));
        }
        if (exited.code() != 0) {
            return Inventory.unseen(request, "exit " + exited.code() + ": " + Said.line(exited.err()));
        }
        return Reply.json(exited.out())
                .<CompletionStage<JsonNode>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> Inventory.unseen(request, "no JSON: " + Said.line(exited.out())));
    }
}
