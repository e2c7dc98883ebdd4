package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows a run until it ends. */
@Command(name = "watch", description = "Follows a run until it ends; without a name, the run that is open.")
final class WatchCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run.", defaultValue = "")
    private String run = "";

    @Option(names = "--plain", description = "Plain lines, also on a terminal.")
    private boolean plain;

    @Override
    public Integer call() throws InterruptedException {
        ServiceClient client = installation.client();
        String name = run;
        if (name.isEmpty()) {
            JsonNode open = client.get("runs").json().path("open");
            if (open.isEmpty()) {
                System.out.println("No run is open.");
                return Exit.WELL;
            }
            name = open.get(0).path("run").asText();
        }
        return follow(client, name, new RunScreen(System.out, "", !plain && CommandLine.Help.Ansi.AUTO.enabled()));
    }

    /** Shows the run until it closes; the exit code tells whether all is well. */
    static int follow(ServiceClient client, String run, RunScreen screen) throws InterruptedException {
        while (true) {
            ServiceClient.Answer answer = client.get("runs/" + run);
            if (!answer.well()) {
                throw new UserError(problems(answer.json()));
            }
            if (!answer.json().path("open").asBoolean()) {
                screen.close(answer.json());
                return answer.json().path("result").asText().equals("complete") ? Exit.WELL : Exit.INCOMPLETE;
            }
            screen.show(answer.json());
            TimeUnit.MILLISECONDS.sleep(250);
        }
    }

    static String problems(JsonNode problem) {
        StringBuilder text = new StringBuilder(problem.path("title").asText());
        problem.path("errors").forEach(error -> text.append("\n  ").append(error.asText()));
        return text.append('\n').append(problem.path("detail").asText()).toString();
    }
}
