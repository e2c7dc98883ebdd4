package io.ridethrough.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets a run go on that waits for a person after the service was started anew. */
@Command(name = "resume", description = "Lets a run go on that waits for a person after the service was started anew.")
final class ResumeCommand extends WordWithReason {
    @Parameters(paramLabel = "RUN", description = "The run, as status names it.")
    private String run = "";

    @Override
    String path() {
        return "runs/" + ServiceClient.segment(run) + "/resume";
    }

    @Override
    String taken() {
        return "Run " + run + " goes on.";
    }
}
