package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.plan.PlanText;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the running service for a run. */
@Command(
        name = "run",
        description = "Asks for a run. A dry run unless --execute says otherwise and --confirm repeats the scope.")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(paramLabel = "SCOPE", description = "A site, several joined by commas, all, or assets (site/name).")
    private String scope = "";

    @Option(
            names = "--mode",
            required = true,
            description = "precheck, shutdown, startup, recovery, verify, full, or resume (with --window).")
    private String mode = "";

    @Option(names = "--execute", description = "Do it; without this nothing is commanded.")
    private boolean execute;

    @Option(names = "--confirm", paramLabel = "SCOPE", description = "The scope once more; needed with --execute.")
    private @Nullable String confirm;

    @Option(names = "--power-off", split = ",", description = "Sites whose nodes and NAS are powered off.")
    private List<String> powerOff = List.of();

    @Option(names = "--window", description = "The id that links the halves of a maintenance window.")
    private @Nullable String window;

    @Option(names = "--release", split = ",", description = "Held assets (site/name) that may be energised again.")
    private List<String> release = List.of();

    @Option(
            names = "--acknowledge",
            paramLabel = "TOKEN",
            description = "Accepts what the out-of-band guard denies, or power as it is; several joined by commas.")
    private @Nullable String acknowledgement;

    @Option(names = "--reason", description = "Why, for the receipt.")
    private @Nullable String reason;

    @Option(names = "--no-watch", description = "Do not follow the run.")
    private boolean noWatch;

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("scope", scope).put("mode", mode).put("execute", execute);
        put(request, "confirm", confirm);
        put(request, "window", window);
        put(request, "acknowledgement", acknowledgement);
        put(request, "reason", reason);
        put(request, "power-off", powerOff);
        put(request, "release", release);
        return submit(installation.client(), request, noWatch);
    }

    static int submit(ServiceClient client, ObjectNode request, boolean noWatch) throws InterruptedException {
        ServiceClient.Answer answer = client.post("runs", request);
        if (!answer.well()) {
            throw new UserError(WatchCommand.problems(answer.json()));
        }
        if (!request.path("execute").asBoolean()) {
            System.out.print(PlanText.render(answer.json()));
            return Exit.WELL;
        }
        String run = answer.json().path("run").asText();
        System.out.println("Run " + run);
        if (noWatch) {
            return Exit.WELL;
        }
        return WatchCommand.follow(client, run, new RunScreen(System.out, "", CommandLine.Help.Ansi.AUTO.enabled()));
    }

    private static void put(ObjectNode request, String key, @Nullable String value) {
        if (value != null) {
            request.put(key, value);
        }
    }

    private static void put(ObjectNode request, String key, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = request.putArray(key);
            values.forEach(list::add);
        }
    }
}
