package io.ridethrough.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a run: nothing more of it begins, what has begun settles, the receipt says why. */
@Command(
        name = "abandon",
        description = "Ends a run: nothing more of it begins, what has begun settles, the receipt says why.")
final class AbandonCommand extends WordWithReason {
    @Parameters(paramLabel = "RUN", description = "The run, as status names it.")
    private String run = "";

    @Override
    String path() {
        return "runs/" + ServiceClient.segment(run) + "/abandon";
    }

    @Override
    String taken() {
        return "Run " + run + " is abandoned.";
    }
}
