package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Every control beside every site, now: whether sites meet the same standard. Changes nothing. */
@Command(
        name = "parity",
        description = "Evaluates the standard at every site and shows sites beside each other; changes nothing."
                + " Exits with 0 when all holds or is accepted everywhere.")
final class ParityCommand implements Callable<Integer> {
    private static final int SHOWN = 4;

    @Mixin
    private final Installation installation = new Installation();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--assets", description = "Also every control beside every asset, a table a site.")
    private boolean assets;

    @Override
    public Integer call() {
        JsonNode parity = installation
                .client()
                .post("parity", JsonNodeFactory.instance.objectNode())
                .orRefusal();
        System.out.print(json ? parity + "\n" : (assets ? AssetTable.of(parity) : "") + render(parity));
        for (JsonNode site : parity.path("sites")) {
            if (!StandardCommand.isWell(site)) {
                return Exit.INCOMPLETE;
            }
        }
        return Exit.WELL;
    }

    /** The table, and one line of every site below it. */
    static String render(JsonNode parity) {
        List<String> sites = new ArrayList<>();
        parity.path("sites").forEach(site -> sites.add(site.path("site").asText()));
        StringBuilder text = new StringBuilder(row("control", sites));
        String domain = "";
        for (JsonNode control : parity.path("controls")) {
            if (!control.path("domain").asText().equals(domain)) {
                domain = control.path("domain").asText();
                String of = domain;
                List<String> scores = new ArrayList<>();
                parity.path("sites")
                        .forEach(site -> scores.add(
                                site.path("scores").has(of)
                                        ? site.path("scores").path(of).asInt() + " %"
                                        : "-"));
                text.append(row(domain.toUpperCase(Locale.ROOT), scores));
            }
            text.append(row(
                    "  " + control.path("control").asText(),
                    sites.stream()
                            .map(site -> cell(control.path("sites").path(site)))
                            .toList()));
        }
        parity.path("sites")
                .forEach(site ->
                        text.append(StandardCommand.summary(site)).append('\n').append(earlier(site)));
        return text.toString();
    }

    /** The last evaluations before this one, the newest first. */
    private static String earlier(JsonNode site) {
        List<String> points = new ArrayList<>();
        site.path("trend")
                .forEach(point -> points.add(
                        0,
                        point.path("score").asInt() + " % at "
                                + point.path("at").asText().replaceFirst("\\.\\d+Z$", "Z")));
        return points.isEmpty()
                ? ""
                : "  before that: "
                        + points.stream().limit(SHOWN).collect(Collectors.joining(", "))
                        + (points.size() > SHOWN ? " ... (--json has more)" : "") + "\n";
    }

    /** The worst finding and how many assets have it; what the site has nothing of is a dash. */
    private static String cell(JsonNode cell) {
        if (cell.isMissingNode()) {
            return "-";
        }
        String word = cell.path("finding").asText();
        int all = 0;
        for (JsonNode count : cell.path("counts")) {
            all += count.asInt();
        }
        int these = cell.path("counts").path(word).asInt();
        return (word.equals("broken") ? "BROKEN" : word) + (all == 1 ? "" : " " + these + "/" + all);
    }

    private static String row(String first, List<String> cells) {
        return String.format(Locale.ROOT, "%-30s", first)
                + cells.stream()
                        .map(cell -> String.format(Locale.ROOT, " %-20s", cell))
                        .collect(Collectors.joining())
                        .stripTrailing()
                + "\n";
    }
}
