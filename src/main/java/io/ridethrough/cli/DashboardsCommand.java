package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is kept of the dashboards of a site's Home Assistant; puts back what is away. */
@Command(
        name = "dashboards",
        description =
                "Lists what is kept of the dashboards of a site's Home Assistant, and how each stands now. With --execute"
                        + " those that are away are put back; one that is there is overwritten only when its path is named.")
final class DashboardsCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(index = "0", paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Parameters(
            index = "1..*",
            paramLabel = "PATH",
            description = "Only these dashboards, by their path; what is on them now is overwritten.")
    private List<String> paths = List.of();

    @Option(names = "--execute", description = "Do it; without this nothing is commanded.")
    private boolean execute;

    @Option(names = "--confirm", paramLabel = "SITE", description = "The site once more; needed with --execute.")
    private @Nullable String confirm;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("execute", execute);
        ArrayNode named = request.putArray("paths");
        paths.forEach(named::add);
        if (confirm != null) {
            request.put("confirm", confirm);
        }
        JsonNode told = installation
                .client()
                .post("sites/" + ServiceClient.segment(site) + "/dashboards", request)
                .orRefusal();
        System.out.print(json ? told + "\n" : render(told));
        for (JsonNode one : told.path("put-back")) {
            if (!one.path("back").asBoolean()) {
                return Exit.INCOMPLETE;
            }
        }
        return Exit.WELL;
    }

    private static String render(JsonNode told) {
        StringBuilder text = new StringBuilder();
        for (JsonNode one : told.path("kept")) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-30s %3d views, kept since %s: %s%s%n",
                    one.path("path").asText(),
                    one.path("views").asInt(),
                    one.path("since").asText(),
                    one.path("stands").asText(),
                    one.path("to-put").asBoolean() && !told.path("executed").asBoolean()
                            ? "; --execute puts it back"
                            : ""));
        }
        if (told.path("kept").isEmpty()) {
            text.append("Nothing is kept yet: a precheck keeps what is there, and so does every look at it.\n");
        }
        for (JsonNode one : told.path("put-back")) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s %s: %s%n",
                    one.path("back").asBoolean() ? "back    " : "NOT BACK",
                    one.path("path").asText(),
                    one.path("evidence").asText()));
        }
        if (told.path("receipt").has("number")) {
            text.append("receipt ")
                    .append(told.path("receipt").path("number").asLong())
                    .append('\n');
        }
        if (told.path("receipt").has("trouble")) {
            text.append("no receipt: ")
                    .append(told.path("receipt").path("trouble").asText())
                    .append('\n');
        }
        return text.toString();
    }
}
