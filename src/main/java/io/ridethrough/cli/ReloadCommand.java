package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has the running service take the contracts of the folder. */
@Command(
        name = "reload",
        description =
                "Shows what the contracts in the folder declare otherwise than those that the service goes by. With"
                        + " --execute it goes by them from now on: whole, or not at all.")
final class ReloadCommand implements Callable<Integer> {
    private static final int SHORT = 12;

    @Mixin
    private final Installation installation = new Installation();

    @Option(names = "--execute", description = "Do it; without this nothing changes.")
    private boolean execute;

    @Option(
            names = "--confirm",
            paramLabel = "DIGEST",
            description = "The contracts that were looked at; needed with --execute.")
    private @Nullable String confirm;

    @Override
    public Integer call() {
        ObjectNode asked = JsonNodeFactory.instance.objectNode().put("execute", execute);
        if (confirm != null) {
            asked.put("confirm", confirm);
        }
        JsonNode told = installation.client().post("contracts/reload", asked).orRefusal();
        System.out.print(render(told));
        return told.path("troubles").isEmpty() ? Exit.WELL : Exit.INCOMPLETE;
    }

    private static String render(JsonNode told) {
        StringBuilder text = new StringBuilder();
        told.path("sites")
                .forEach(one -> line(
                        text, one.path("change"), "site " + one.path("site").asText()));
        told.path("assets")
                .forEach(one -> line(text, one.path("change"), one.path("asset").asText()));
        if (told.path("shared").asBoolean()) {
            text.append("  changed  policy or standard\n");
        }
        told.path("waiting").forEach(one -> text.append("  waits    site ")
                .append(one.path("site").asText())
                .append(" goes on as it is until run ")
                .append(one.path("run").asText())
                .append(" has ended\n"));
        String digest = told.path("folder").asText();
        if (told.path("taken").asBoolean()) {
            told.path("troubles")
                    .forEach(trouble ->
                            text.append("  TROUBLE  ").append(trouble.asText()).append('\n'));
            text.append("The service goes by them. A site that is armed was rehearsed with others: rehearse and arm it"
                    + " anew.\n");
        } else if (told.path("same").asBoolean()) {
            text.append("The folder declares what the service goes by.\n");
        } else {
            text.append("Nothing is changed yet. Next: ")
                    .append(Ridethrough.typed("reload --execute --confirm " + digest.substring(0, SHORT)))
                    .append('\n');
        }
        return text.toString();
    }

    private static void line(StringBuilder text, JsonNode change, String what) {
        text.append("  ")
                .append(String.format("%-8s", change.asText()))
                .append(' ')
                .append(what)
                .append('\n');
    }
}
