package io.ridethrough.cli;

import picocli.CommandLine.Command;

/** Ends observe-only: a person accepts the journal that took a damaged one's place. */
@Command(
        name = "accept-journal",
        description = "Ends observe-only: a person accepts the journal that took a damaged one's place.")
final class AcceptJournalCommand extends WordWithReason {
    @Override
    String path() {
        return "journal/accept";
    }

    @Override
    String taken() {
        return "The journal is accepted; runs may begin again.";
    }
}
