package io.ridethrough.cli;

import io.ridethrough.plan.ColdStart;
import io.ridethrough.plan.PlanText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is proven of a start from nothing, for people. Lines end with a line feed. */
final class ColdStartText {
    private ColdStartText() {}

    static String render(ColdStart proven) {
        List<String> lines = new ArrayList<>();
        proven.circles()
                .forEach(circle -> lines.add("warning: cold start: a circle stays dark until a person breaks it: "
                        + String.join("; ", circle)));
        if (!proven.behind().isEmpty()) {
            lines.add("warning: cold start: stays dark with it: " + listed(proven.behind()));
        }
        if (!proven.byHand().isEmpty()) {
            lines.add("warning: cold start: only a person switches on " + listed(proven.byHand()));
        }
        proven.rises().forEach((site, way) -> {
            if (!way.isEmpty()) {
                lines.add("cold start: site " + site + " comes up from nothing in "
                        + PlanText.clock(way.get(way.size() - 1).at().toMillis() / 1000.0) + " at the earliest: "
                        + way.stream()
                                .map(one -> one.asset() + " "
                                        + PlanText.clock(one.at().toMillis() / 1000.0))
                                .collect(Collectors.joining(", ")));
            }
        });
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String listed(Iterable<?> assets) {
        List<String> all = new ArrayList<>();
        assets.forEach(asset -> all.add(asset.toString()));
        return String.join(", ", all);
    }
}
