package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks every declared probe of a scope. Changes nothing at any site. */
@Command(
        name = "verify",
        description = "Asks every declared probe of a scope, or a pack of the standard; changes nothing.")
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(paramLabel = "SCOPE", description = "A site, several joined by commas, or all.")
    private String scope = "";

    @Option(names = "--json", description = "Print the receipt as JSON and nothing else.")
    private boolean json;

    @Option(
            names = "--pack",
            paramLabel = "NAME",
            description = "Evaluate this pack of the standard instead; each site leaves a receipt.")
    private @Nullable String pack;

    @Override
    public Integer call() throws InterruptedException {
        if (pack != null) {
            return pack(installation.client(), pack);
        }
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

    private int pack(ServiceClient client, String name) {
        int worst = Exit.WELL;
        for (String site : sites(client)) {
            JsonNode report = client.post(
                            "sites/" + ServiceClient.segment(site) + "/standard",
                            JsonNodeFactory.instance.objectNode().put("pack", name))
                    .orRefusal();
            if (json) {
                System.out.println(report);
            } else {
                StandardCommand.print(report, true);
                System.out.println(
                        "  receipt " + report.path("receipt").path("number").asText("none: ")
                                + report.path("receipt").path("trouble").asText());
            }
            worst = Math.max(worst, StandardCommand.isWell(report) ? Exit.WELL : Exit.INCOMPLETE);
        }
        return worst;
    }

    private List<String> sites(ServiceClient client) {
        if (!scope.equals("all")) {
            return List.of(scope.split(",", -1));
        }
        List<String> all = new ArrayList<>();
        client.get("sites")
                .orRefusal()
                .path("sites")
                .forEach(site -> all.add(site.path("site").asText()));
        return all;
    }
}
