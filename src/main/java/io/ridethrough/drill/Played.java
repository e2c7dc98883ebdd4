package io.ridethrough.drill;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * One scenario as it was judged. Times are simulated seconds since the mains failed.
 *
 * @param took when the last node or NAS was off; empty when none went
 * @param forecast when all is down, as it was forecast
 * @param battery how long the battery lasts, as it was forecast
 * @param lost what lost its power, or would have
 * @param forecastLost what was forecast to lose its power
 * @param byHand what a person had to switch on
 */
public record Played(
        Scenario scenario,
        List<Finding> findings,
        Optional<Double> took,
        double forecast,
        double battery,
        List<String> lost,
        List<String> forecastLost,
        List<String> byHand) {
    public Played {
        findings = List.copyOf(findings);
        lost = List.copyOf(lost);
        forecastLost = List.copyOf(forecastLost);
        byHand = List.copyOf(byHand);
    }

    /** A scenario that has no meaning at a site, and why. */
    public static Played nothing(Scenario scenario, String why) {
        Finding finding = new Finding("Where this can happen, it is survived.", Finding.Verdict.MET, why);
        return new Played(scenario, List.of(finding), Optional.empty(), 0, 0, List.of(), List.of(), List.of());
    }

    /** Whether no expectation failed; some may have been met only in part. */
    public boolean passed() {
        return findings.stream().noneMatch(finding -> finding.verdict() == Finding.Verdict.FAILED);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("scenario", scenario.word())
                .put("plot", scenario.plot())
                .put("passed", passed());
        took.ifPresent(seconds -> json.put("took", (long) Math.ceil(seconds)));
        json.put("forecast", (long) Math.ceil(forecast)).put("battery", (long) Math.ceil(battery));
        ArrayNode all = json.putArray("expectations");
        findings.forEach(finding -> all.addObject()
                .put("expected", finding.expected())
                .put("verdict", finding.verdict().said())
                .put("because", finding.because()));
        lost.forEach(json.putArray("lost")::add);
        forecastLost.forEach(json.putArray("forecast-lost")::add);
        byHand.forEach(json.putArray("by-hand")::add);
        return json;
    }
}
