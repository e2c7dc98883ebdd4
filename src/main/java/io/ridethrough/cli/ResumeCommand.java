package io.ridethrough.cli;

import picocli.CommandLine.Command;

/** Lets a run go on that waits for a person after the service was started anew. */
@Command(name = "resume", description = "Lets a run go on that waits for a person after the service was started anew.")
final class ResumeCommand extends RunWord {
    ResumeCommand() {
        super("resume", "goes on");
    }
}
