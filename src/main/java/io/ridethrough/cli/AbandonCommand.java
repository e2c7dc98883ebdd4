package io.ridethrough.cli;

import picocli.CommandLine.Command;

/** Ends a run: nothing more of it begins, what has begun settles, the receipt says why. */
@Command(
        name = "abandon",
        description = "Ends a run: nothing more of it begins, what has begun settles, the receipt says why.")
final class AbandonCommand extends RunWord {
    AbandonCommand() {
        super("abandon", "is abandoned");
    }
}
