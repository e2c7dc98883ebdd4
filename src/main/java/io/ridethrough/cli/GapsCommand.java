package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The ledger of gaps: what answers each, and where it is not answered. Changes nothing. */
@Command(
        name = "gaps",
        description = "Evaluates the standard at every site and says of every gap what answers it; changes nothing.")
final class GapsCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Option(names = "--evidence", description = "Show what every answer rests on.")
    private boolean evidence;

    @Option(
            names = "--gate",
            description =
                    "Exit with 0 only when every gap is answered or accepted everywhere; a closing receipt then names"
                            + " what proves each.")
    private boolean gate;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        JsonNode ledger = installation
                .client()
                .post("gaps", JsonNodeFactory.instance.objectNode().put("gate", gate))
                .orRefusal();
        System.out.print(json ? ledger + "\n" : render(ledger, evidence));
        if (!gate) {
            return Exit.WELL;
        }
        if (!json) {
            System.out.println(gate(ledger));
        }
        return ledger.path("receipt").has("number") ? Exit.WELL : Exit.INCOMPLETE;
    }

    /** What the gate says: the closing receipt, or why there is none. */
    private static String gate(JsonNode ledger) {
        JsonNode receipt = ledger.path("receipt");
        if (receipt.has("number")) {
            return "Closed: receipt " + receipt.path("number").asLong() + " names what proves each; shown by: "
                    + Ridethrough.typed(
                            "receipts show " + receipt.path("number").asLong());
        }
        return ledger.path("closed").asBoolean()
                ? "Every gap is answered, but it could not be written down: "
                        + receipt.path("trouble").asText()
                : "Not closed: every gap above that is not answered or accepted says why.";
    }

    /** One line a gap and the reasons of those that are not answered, then how many there are of each. */
    static String render(JsonNode ledger, boolean evidence) {
        StringBuilder text = new StringBuilder();
        Map<String, Integer> counts = new TreeMap<>();
        for (JsonNode gap : ledger.path("gaps")) {
            String state = gap.path("state").asText();
            counts.merge(state, 1, Integer::sum);
            text.append(String.format(
                    Locale.ROOT,
                    "%d %-8s %-12s %s%n",
                    gap.path("gap").asInt(),
                    gap.path("severity").asText(),
                    state.equals("answered") || state.equals("accepted") ? state : state.toUpperCase(Locale.ROOT),
                    gap.path("title").asText()));
            if (evidence) {
                text.append("       ever seen: ")
                        .append(gap.path("seen").asText())
                        .append('\n');
            }
            gap.path("sites")
                    .properties()
                    .forEach(site -> site.getValue().path("evidence").forEach(line -> {
                        if (evidence || !isAnswer(line.asText())) {
                            text.append("       ")
                                    .append(site.getKey())
                                    .append(": ")
                                    .append(line.asText())
                                    .append('\n');
                        }
                    }));
        }
        text.append(seen(ledger)).append('\n');
        return text.append(counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", ")))
                .append(" of ")
                .append(ledger.path("gaps").size())
                .append(" gaps\n")
                .toString();
    }

    /** On what the gaps were ever seen. */
    private static String seen(JsonNode ledger) {
        Map<String, Integer> counts = new TreeMap<>();
        ledger.path("gaps").forEach(gap -> counts.merge(gap.path("seen").asText(), 1, Integer::sum));
        return "Ever seen: " + counts.getOrDefault("real", 0) + " on a real target, " + counts.getOrDefault("lab", 0)
                + " only in the lab, " + counts.getOrDefault("tests", 0) + " only in tests, "
                + counts.getOrDefault("never", 0) + " nowhere yet";
    }

    private static boolean isAnswer(String line) {
        return line.endsWith(" holds") || line.endsWith(" is declared") || line.startsWith("tested by ");
    }
}
