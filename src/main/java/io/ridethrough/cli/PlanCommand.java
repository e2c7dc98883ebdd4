package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.PlanJson;
import io.ridethrough.plan.PlanText;
import io.ridethrough.plan.Planner;
import io.ridethrough.plan.Request;
import io.ridethrough.plan.Seen;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a plan from the contracts alone; needs no service and commands nothing. */
@Command(name = "plan", description = "Shows a plan with its forecast, from the contracts alone.")
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(paramLabel = "SCOPE", description = "A site, several joined by commas, all, or assets (site/name).")
    private String scope = "";

    @Option(names = "--mode", description = "As in run (default: ${DEFAULT-VALUE}).", defaultValue = "shutdown")
    private String mode = "shutdown";

    @Option(names = "--power-off", split = ",", description = "Sites whose nodes and NAS are powered off.")
    private List<String> powerOff = List.of();

    @Option(names = "--contracts", paramLabel = "FOLDER", description = "The contracts (default: as configured).")
    private @Nullable Path folder;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Path at = folder == null ? installation.settings().path("ridethrough.contracts") : folder;
        Contracts contracts = new ContractFolder(at).contracts();
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("scope", scope).put("mode", mode);
        if (mode.equals("resume")) {
            request.put("window", "shown");
        }
        if (!powerOff.isEmpty()) {
            ArrayNode list = request.putArray("power-off");
            powerOff.forEach(list::add);
        }
        Request read = Request.read(request, contracts, "cli");
        if (read instanceof Request.Rejected rejected) {
            throw new UserError(String.join("\n", rejected.errors()));
        }
        Plan plan = Planner.plan(((Request.Accepted) read).intent(), contracts, Seen.nothing());
        System.out.print(json ? PlanJson.of(plan).toPrettyString() + "\n" : PlanText.render(plan));
        return Exit.WELL;
    }
}
