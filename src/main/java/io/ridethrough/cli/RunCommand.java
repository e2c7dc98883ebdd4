package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.journal.JournalHeldException;
import io.ridethrough.plan.Intent;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the running service for a run, or does it here when there is none. */
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
            description =
                    "precheck, shutdown, startup, recovery, verify, full, resume (with --window), or reboot (of nodes, one at a time).")
    private String mode = "";

    @Option(
            names = "--from-phase",
            paramLabel = "PHASE",
            description = "Begin at this phase of the mode; what comes before is left out, and the receipt says so.")
    private @Nullable String fromPhase;

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
            description = "Accepts what a gate denies, by the id of its control; what the out-of-band guard denies, or"
                    + " power as it is, by their tokens. Several joined by commas.")
    private @Nullable String acknowledgement;

    @Option(names = "--ask", description = "What is not well halts all that needs it until you decide (see step).")
    private boolean ask;

    @Option(names = "--reason", description = "Why, for the receipt.")
    private @Nullable String reason;

    @Option(names = "--local", description = "Run it in this process; only when no service runs.")
    private boolean local;

    @Option(names = "--json", description = "Print the plan, or the receipt, as JSON and nothing else.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--no-watch", description = "Do not follow the run.")
    private boolean noWatch;

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("scope", scope).put("mode", mode).put("execute", execute);
        put(request, "from-phase", fromPhase);
        put(request, "confirm", confirm);
        put(request, "window", window);
        put(request, "acknowledgement", acknowledged());
        put(request, "reason", reason);
        put(request, "power-off", powerOff);
        put(request, "release", release);
        return local ? here(request) : installation.asking(json).ask(request, !noWatch);
    }

    private @Nullable String acknowledged() {
        if (!ask) {
            return acknowledgement;
        }
        return acknowledgement == null ? Intent.ASK_ME : acknowledgement + "," + Intent.ASK_ME;
    }

    /** The same engine in this process, for as long as runs are open. */
    private int here(ObjectNode request) throws InterruptedException {
        if (noWatch) {
            throw new ParameterException(
                    spec.commandLine(), "--local ends with its runs; --no-watch means nothing with it.");
        }
        Terminal.quiet();
        Settings settings = installation.settings().onFreePort();
        Home home = Home.at(settings.path("ridethrough.home"));
        Contracts contracts = new ContractFolder(settings.path("ridethrough.contracts")).contracts();
        try (Service service = Service.start(settings, home, contracts, ServeCommand.real(home, contracts))) {
            int exit = new Asking(service.client(), home.journal(), System.out, json).ask(request, true);
            List<String> begunByOthers = service.openRuns();
            if (begunByOthers.isEmpty()) {
                return exit;
            }
            Screen screen = json ? Screen.json(System.out) : Screen.on(System.out, "", Terminal.own());
            screen.say("Begun meanwhile, and followed to the end: " + String.join(", ", begunByOthers));
            return Math.max(exit, new Following(service.client(), screen).toTheEnd(begunByOthers));
        } catch (JournalHeldException e) {
            throw new UserError("process " + e.holder() + " holds the journal in " + home.folder()
                    + ": a service runs there. Say the same without --local, or stop it first. Nothing was changed.");
        }
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
