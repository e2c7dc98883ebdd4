package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Overrides one step of an open run; who and why stand in the receipt (R33). */
@Command(name = "step", description = "Overrides one step of an open run; who and why stand in the receipt.")
final class StepCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run, as status names it.")
    private String run = "";

    @Parameters(index = "1", paramLabel = "STEP", description = "The step, as watch names it.")
    private String step = "";

    @ArgGroup(multiplicity = "1")
    private Said said = new Said();

    @Option(names = "--reason", required = true, description = "Why, for the receipt.")
    private String reason = "";

    @Option(names = "--by", paramLabel = "NAME", description = "Who says so; your login name if not given.")
    private String by = System.getProperty("user.name", "");

    /** Exactly one of them. */
    static final class Said {
        @Option(names = "--retry", description = "A step that did not go well is looked at, and done again if needed.")
        private boolean retry;

        @Option(names = "--skip", description = "It is left out; what needs it goes on.")
        private boolean skip;

        @Option(names = "--mark-done", description = "You say that it is done; what needs it goes on.")
        private boolean markDone;

        @Option(
                names = "--at",
                paramLabel = "ADDRESS",
                description = "This run reaches its asset at that address from now on.")
        private @Nullable String at;

        private String word() {
            if (retry) {
                return "retry";
            }
            if (skip) {
                return "skip";
            }
            return markDone ? "mark-done" : "at";
        }
    }

    @Override
    public Integer call() {
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("step", step)
                .put("word", said.word())
                .put("by", by)
                .put("reason", reason);
        if (said.at != null) {
            request.put("address", said.at);
        }
        JsonNode taken = installation
                .client()
                .post("runs/" + ServiceClient.segment(run) + "/override", request)
                .orRefusal();
        System.out.println(step + ": " + said.word() + " is taken; "
                + taken.path("gives-up").asText() + ".");
        return Exit.WELL;
    }
}
