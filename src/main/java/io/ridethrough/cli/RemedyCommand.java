package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has the remedy of one control run for one asset: a run of one step, with its receipt. */
@Command(
        name = "remedy",
        description =
                "Mends what a control finds broken at an asset, by the remedy that the control declares. A dry run"
                        + " shows what it finds now, unless --execute says otherwise and --confirm repeats the asset.")
final class RemedyCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(index = "0", paramLabel = "CONTROL", description = "The control, as standard shows it.")
    private String control = "";

    @Parameters(index = "1", paramLabel = "ASSET", description = "The asset (site/name).")
    private String asset = "";

    @Option(names = "--execute", description = "Do it; without this nothing is commanded.")
    private boolean execute;

    @Option(names = "--confirm", paramLabel = "ASSET", description = "The asset once more; needed with --execute.")
    private @Nullable String confirm;

    @Option(names = "--reason", description = "Why, for the receipt.")
    private @Nullable String reason;

    @Option(names = "--json", description = "Print the plan, or the receipt, as JSON and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("scope", asset)
                .put("mode", "remedy")
                .put("control", control)
                .put("execute", execute);
        if (confirm != null) {
            request.put("confirm", confirm);
        }
        if (reason != null) {
            request.put("reason", reason);
        }
        return installation.asking(json).ask(request, true);
    }
}
