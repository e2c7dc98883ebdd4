package io.ridethrough.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.PlanText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A site's drill, before it is on record.
 *
 * @param contracts the digest of what was rehearsed
 * @param at when it ended
 * @param refused what the guard of the lab refused, a line each
 */
public record Drill(
        SiteId site, String contracts, Instant at, double speed, List<Played> played, List<String> refused) {
    /** A difference in time that is worth a word: a tenth. */
    private static final double NOTEWORTHY = 0.1;

    public Drill {
        played = List.copyOf(played);
        refused = List.copyOf(refused);
    }

    /** The drill of these contracts as they were played. */
    public static Drill of(
            SiteId site, Contracts contracts, Instant at, double speed, List<Played> played, List<String> refused) {
        return new Drill(site, contracts.digest(), at, speed, played, refused);
    }

    /** Whether no expectation failed and nothing tried to leave the lab. */
    public boolean passed() {
        return refused.isEmpty() && played.stream().allMatch(Played::passed);
    }

    /** Whether every scenario was played. */
    public boolean whole() {
        return played.stream().map(Played::scenario).distinct().count() == Scenario.values().length;
    }

    /**
     * The record of it, not yet chained.
     *
     * @param last the record of the site's drill before, to compare with
     */
    ObjectNode json(Optional<JsonNode> last) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("site", site.value())
                .put("contracts", contracts)
                .put("at", at.toString())
                .put("speed", speed)
                .put("whole", whole())
                .put("passed", passed());
        refused.forEach(json.putArray("refused-by-guard")::add);
        ArrayNode scenarios = json.putArray("scenarios");
        played.forEach(
                one -> scenarios.add(one.json().put("speed", one.scenario().speed(speed))));
        compared(last).forEach(json.putArray("compared")::add);
        return json;
    }

    private List<String> compared(Optional<JsonNode> last) {
        if (last.isEmpty()) {
            return List.of("This is the first drill of " + site + ".");
        }
        JsonNode before = last.get();
        String earlier = "drill " + before.path("number").asLong();
        List<String> words = new ArrayList<>();
        if (!before.path("contracts").asText().equals(contracts)) {
            words.add("The contracts are others than in " + earlier + ".");
        }
        Map<String, JsonNode> scenarios = new LinkedHashMap<>();
        before.path("scenarios")
                .forEach(one -> scenarios.put(one.path("scenario").asText(), one));
        for (Played now : played) {
            JsonNode then = scenarios.get(now.scenario().word());
            if (then != null) {
                words.addAll(compared(now, then, earlier));
            }
        }
        if (words.isEmpty()) {
            words.add("All is as in " + earlier + ".");
        }
        return words;
    }

    private static List<String> compared(Played now, JsonNode then, String earlier) {
        List<String> words = new ArrayList<>();
        String name = now.scenario().word();
        if (now.passed() != then.path("passed").asBoolean()) {
            words.add(name + (now.passed() ? " passes, and failed in " : " fails, and passed in ") + earlier + ".");
        }
        Map<String, String> verdicts = new LinkedHashMap<>();
        then.path("expectations")
                .forEach(one -> verdicts.put(
                        one.path("expected").asText(), one.path("verdict").asText()));
        for (Finding finding : now.findings()) {
            String was =
                    verdicts.getOrDefault(finding.expected(), finding.verdict().said());
            if (!was.equals(finding.verdict().said())) {
                words.add(name + ": \"" + finding.expected() + "\" was " + was + ", and is "
                        + finding.verdict().said() + " now.");
            }
        }
        if (now.took().isPresent() && then.has("took")) {
            double before = then.path("took").asDouble();
            double more = now.took().get() - before;
            if (Math.abs(more) > NOTEWORTHY * before) {
                words.add(name + ": all was down after "
                        + PlanText.clock(now.took().get()) + ", "
                        + PlanText.clock(Math.abs(more)) + (more > 0 ? " later" : " sooner") + " than in " + earlier
                        + ".");
            }
        }
        return words;
    }
}
