package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.plan.PlanText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Asks a service for a run and tells what comes of it.
 *
 * @param journal where the receipt will be
 * @param json whether plan or receipt are told as JSON and nothing else
 */
record Asking(ServiceClient client, Path journal, PrintStream out, boolean json) {
    /** The exit code: of the run if it is followed. */
    int ask(ObjectNode request, boolean follow) throws InterruptedException {
        JsonNode answer = client.post("runs", request).orRefusal();
        if (!request.path("execute").asBoolean()) {
            out.print(json ? answer.toPrettyString() + "\n" : PlanText.render(answer));
            return Exit.WELL;
        }
        String run = answer.path("run").asText();
        if (!follow) {
            out.println(
                    json ? answer : "Run " + run + " has begun; follow it with: " + Ridethrough.typed("watch " + run));
            return Exit.WELL;
        }
        Screen screen = json ? Screen.json(out) : Screen.on(out, "", Terminal.own());
        screen.say("Run " + run);
        int exit = new Following(client, screen).toTheEnd(List.of(run));
        screen.say("Its receipt is in " + journal + "; shown by: " + Ridethrough.typed("watch " + run));
        return exit;
    }
}
