package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** Every control beside every asset of a site, a mark each: narrow enough for many assets, and read without colour. */
final class AssetTable {
    private static final String LEGEND = "+ holds   X BROKEN   ? unobservable   a accepted   . does not apply\n\n";

    private AssetTable() {}

    static String of(JsonNode parity) {
        StringBuilder text = new StringBuilder();
        parity.path("sites").forEach(site -> site(parity, site.path("site").asText(), text));
        return text.append(LEGEND).toString();
    }

    private static void site(JsonNode parity, String site, StringBuilder text) {
        List<String> assets = assets(parity, site);
        text.append(site).append('\n');
        for (int i = 0; i < assets.size(); i++) {
            text.append(String.format(Locale.ROOT, "  %2d %s\n", i + 1, assets.get(i)));
        }
        text.append(line("", assets.size(), at -> (at + 1) / 10 == 0 ? " " : Integer.toString((at + 1) / 10 % 10)));
        text.append(line("control", assets.size(), at -> Integer.toString((at + 1) % 10)));
        for (JsonNode control : parity.path("controls")) {
            JsonNode found = control.path("sites").path(site).path("assets");
            if (!found.isMissingNode()) {
                text.append(line(
                        "  " + control.path("control").asText(),
                        assets.size(),
                        at -> mark(found.path(assets.get(at)).asText())));
            }
        }
        text.append('\n');
    }

    /** Those that any control is about, in the order of their names; the site itself among them. */
    private static List<String> assets(JsonNode parity, String site) {
        TreeSet<String> names = new TreeSet<>();
        parity.path("controls").forEach(control -> control.path("sites")
                .path(site)
                .path("assets")
                .fieldNames()
                .forEachRemaining(names::add));
        return new ArrayList<>(names);
    }

    private static String mark(String word) {
        return switch (word) {
            case "holds" -> "+";
            case "broken" -> "X";
            case "unobservable" -> "?";
            case "accepted" -> "a";
            default -> ".";
        };
    }

    private static String line(String first, int many, IntFunction<String> cell) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-32s", first));
        for (int i = 0; i < many; i++) {
            line.append(' ').append(cell.apply(i));
        }
        return line.toString().stripTrailing() + "\n";
    }
}
