package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps an asset from being energised while a person works on it. */
@Command(name = "hold", description = "Holds an asset: nothing may energise it until it is released by name.")
final class HoldCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(paramLabel = "ASSET", description = "The asset, written site/name.")
    private String asset = "";

    @Option(names = "--release", description = "Lift the hold.")
    private boolean release;

    @Option(names = "--reason", description = "Why.", defaultValue = "a person works here")
    private String reason = "";

    @Override
    public Integer call() {
        JsonNode answer = installation
                .client()
                .post(
                        "holds",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("asset", asset)
                                .put("release", release)
                                .put("reason", reason))
                .orRefusal();
        boolean wasHeld = !release || answer.path("released").asBoolean();
        System.out.println(asset + (release ? wasHeld ? " is released." : " was not held." : " is held."));
        return Exit.WELL;
    }
}
