package io.ridethrough.target.ssh;

import io.ridethrough.contract.AssetId;
import java.util.concurrent.CompletionStage;

/** Runs commands on declared hosts. Never throws: trouble is a {@link CommandResult}. Thread-safe. */
public interface Shell {
    CompletionStage<CommandResult> run(AssetId host, RemoteCommand command);
}
