package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks every declared probe of a scope. Changes nothing at any site. */
@Command(name = "verify", description = "Asks every declared probe of a scope; changes nothing.")
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(paramLabel = "SCOPE", description = "A site, several joined by commas, or all.")
    private String scope = "";

    @Option(names = "--json", description = "Print the receipt as JSON and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        return installation
                .asking(json)
                .ask(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("scope", scope)
                                .put("mode", "verify")
                                .put("execute", true)
                                .put("confirm", scope)
                                .put("reason", "verify"),
                        true);
    }
}
