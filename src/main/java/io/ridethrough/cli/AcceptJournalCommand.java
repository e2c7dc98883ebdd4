package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends observe-only: a person accepts the journal that took a damaged one's place. */
@Command(
        name = "accept-journal",
        description = "Ends observe-only: a person accepts the journal that took a damaged one's place.")
final class AcceptJournalCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Option(names = "--reason", required = true, description = "Why, for the journal.")
    private String reason = "";

    @Override
    public Integer call() {
        ServiceClient.Answer answer = installation
                .client()
                .post("journal/accept", JsonNodeFactory.instance.objectNode().put("reason", reason));
        answer.orRefusal();
        System.out.println("The journal is accepted; runs may begin again.");
        return Exit.WELL;
    }
}
