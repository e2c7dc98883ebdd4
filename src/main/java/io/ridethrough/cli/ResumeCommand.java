package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a run go on that waits for a person after the service was started anew. */
@Command(name = "resume", description = "Lets a run go on that waits for a person after the service was started anew.")
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(paramLabel = "RUN", description = "The run, as status names it.")
    private String run = "";

    @Option(names = "--reason", required = true, description = "Why, for the receipt.")
    private String reason = "";

    @Override
    public Integer call() {
        ServiceClient.Answer answer = installation
                .client()
                .post(
                        "runs/" + ServiceClient.segment(run) + "/resume",
                        JsonNodeFactory.instance.objectNode().put("reason", reason));
        answer.orRefusal();
        System.out.println("Run " + run + " goes on.");
        return Exit.WELL;
    }
}
