package io.ridethrough.drill;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Site;
import io.ridethrough.plan.PlanText;
import io.ridethrough.plan.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is expected of a scenario, judged from what was seen while it was played: from the hosts' own log. Pure. */
public final class Judge {
    /** Simulated seconds in which word of the mains may still be on its way. */
    private static final double WORD_TAKES = 10;

    /** Real seconds in which a command may be on its way. */
    private static final double COMMAND_TAKES = 0.25;

    /** Simulated seconds that planning keeps in reserve: a forecast that is less wrong than that is not wrong. */
    private static final double RESERVE = 60;

    private static final Set<String> WELL = Set.of("Done", "AlreadyDone");
    private static final Set<String> DOWNWARDS = Set.of(Verb.SHUT_DOWN.name(), Verb.POWER_OFF.name());

    private final Site site;
    private final Course course;
    private final HostLog hosts;

    private Judge(Site site, Course course) {
        this.site = site;
        this.course = course;
        this.hosts = new HostLog(site, course.log(), course.speed());
    }

    /** What the scenario showed. */
    public static Played of(Site site, Course course) {
        Judge judge = new Judge(site, course);
        return new Played(
                course.scenario(),
                judge.findings(),
                judge.hosts.allOff(),
                course.forecast().path("ends").asDouble(),
                course.forecast().path("battery").asDouble(),
                named(judge.lost()),
                named(judge.forecastLost()),
                named(course.byHand()));
    }

    private List<Finding> findings() {
        return switch (course.scenario()) {
            case SHORT_FLAP -> List.of(endsByItself(), nothingCommanded());
            case DEAD_BATTERY -> List.of(endsByItself(), lossesForecast(), allTold(), notTwice(), noneAgainstItsWord());
            case HUNG_GUESTS ->
                List.of(
                        endsByItself(),
                        offInTime(),
                        nothingLost(),
                        forcedWhatHung(),
                        inOrder(),
                        notTwice(),
                        noneAgainstItsWord(),
                        saysWhatIs(),
                        runsAgain());
            case BACK_IN_FIRST_THIRD, BACK_IN_SECOND_THIRD, BACK_IN_LAST_THIRD ->
                List.of(
                        endsByItself(),
                        turnsRound(),
                        nothingLost(),
                        inOrder(),
                        notTwice(),
                        noneAgainstItsWord(),
                        saysWhatIs(),
                        runsAgain());
            case NORMAL_OUTAGE, LOST_NAS ->
                List.of(
                        endsByItself(),
                        offInTime(),
                        nothingLost(),
                        inOrder(),
                        notTwice(),
                        noneAgainstItsWord(),
                        saysWhatIs(),
                        runsAgain());
        };
    }

    private Finding endsByItself() {
        return Finding.unless(
                course.waited().stream()
                        .map(what -> "waited in vain for " + what)
                        .toList(),
                "What is to happen happens by itself, and ends.",
                "nothing was waited for in vain");
    }

    private Finding nothingCommanded() {
        List<String> commanded = hosts.takenDown();
        return Finding.unless(
                commanded,
                "An outage shorter than the hold of "
                        + PlanText.clock(
                                (double) site.power().policy().outageHold().toSeconds()) + " commands nothing.",
                "no host noted a command");
    }

    private Finding offInTime() {
        List<String> late = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (AssetId host : goes(Verb.POWER_OFF)) {
            Optional<Double> off = hosts.off(host);
            if (course.stuck().contains(host)) {
                continue;
            }
            if (off.isEmpty()) {
                late.add(host + (hosts.lost().contains(host) ? " lost its power" : " was never off") + ": "
                        + againstBattery());
            } else {
                seen.add(host + " off after " + PlanText.clock(off.get()));
            }
        }
        return Finding.unless(
                late,
                "Every node and NAS that can be reached is off before the battery is empty.",
                seen.isEmpty()
                        ? "no node or NAS is to go off"
                        : String.join(", ", seen) + "; the battery lasts " + battery());
    }

    private Finding nothingLost() {
        List<String> lost = hosts.lost().stream()
                .map(asset -> asset + " lost its power while it ran: " + againstBattery())
                .toList();
        return Finding.unless(lost, "Nothing loses its power while it runs.", "no host noted a loss");
    }

    private Finding lossesForecast() {
        Set<AssetId> spared = new LinkedHashSet<>(forecastLost());
        spared.removeAll(hosts.lost());
        List<String> unforeseen = new ArrayList<>();
        boolean close = true;
        for (AssetId asset : hosts.lost()) {
            Optional<Double> spare = toSpare(asset);
            if (!forecastLost().contains(asset)) {
                unforeseen.add(asset + " was lost, and "
                        + spare.map(seconds -> "was forecast to be down " + PlanText.clock(seconds) + " before that")
                                .orElse("no forecast had named it"));
                close = close && spare.filter(seconds -> seconds <= RESERVE).isPresent();
            }
        }
        String expected = "What is lost was forecast by name before the mains failed.";
        String seen = hosts.lost().isEmpty()
                ? "nothing was lost; forecast was " + (spared.isEmpty() ? "none" : listed(spared))
                : "lost and forecast: " + listed(hosts.lost())
                        + (spared.isEmpty() ? "" : "; forecast and spared: " + listed(spared));
        return close ? Finding.shortIf(unforeseen, expected, seen) : Finding.unless(unforeseen, expected, seen);
    }

    /** How long before the end of the battery it was forecast to be down. */
    private Optional<Double> toSpare(AssetId asset) {
        Optional<Double> spare = Optional.empty();
        for (JsonNode going : course.forecast().path("goes")) {
            if (going.path("asset").asText().equals(asset.toString())) {
                spare = Optional.of(course.forecast().path("battery").asDouble()
                        - going.path("end").asDouble());
            }
        }
        return spare;
    }

    private Finding inOrder() {
        return Finding.unless(
                hosts.outOfOrder(),
                "Guests go before their node, and what mounts a NAS before the NAS.",
                "no machine was told to go off under anything that ran on it or had it mounted");
    }

    /** R12: order yields at the very end, and only then. */
    private Finding allTold() {
        List<String> untold = goes(Verb.POWER_OFF).stream()
                .filter(host -> hosts.toldOff(host).isEmpty())
                .map(host -> host + " was never told to go off")
                .toList();
        List<String> yielded = hosts.outOfOrder();
        return Finding.unless(
                untold,
                "Every node and NAS is told to go off, in order while the battery leaves time for order.",
                yielded.isEmpty() ? "all were told in order" : "order yielded: " + String.join("; ", yielded));
    }

    private Finding notTwice() {
        return Finding.unless(
                hosts.twice(),
                "No command to go down is sent twice.",
                hosts.takenDown().size() + " were sent, each once");
    }

    private Finding noneAgainstItsWord() {
        List<String> wrong = site.guests().stream()
                .filter(guest -> !guest.mayForce() && hosts.forced().contains(guest.id()))
                .map(guest -> guest.id() + " was stopped by force, and its contract forbids that")
                .toList();
        return Finding.unless(
                wrong,
                "No guest is forced whose contract forbids it.",
                hosts.forced().isEmpty() ? "none was forced" : "forced: " + listed(hosts.forced()));
    }

    private Finding forcedWhatHung() {
        Set<AssetId> spared = new TreeSet<>(course.stuck());
        spared.removeAll(hosts.forced());
        Set<AssetId> others = new TreeSet<>(hosts.forced());
        others.removeAll(course.stuck());
        List<String> wrong = new ArrayList<>();
        spared.forEach(guest -> wrong.add(guest + " hung and was not forced"));
        others.forEach(guest -> wrong.add(guest + " was forced and did not hang"));
        return Finding.unless(
                wrong,
                "Guests that hang and may be forced are forced, and no others.",
                "forced: " + listed(new TreeSet<>(course.stuck())));
    }

    /** R13 and R14. */
    private Finding turnsRound() {
        Optional<Double> back = hosts.mainsBack();
        double known = back.orElse(Double.MAX_VALUE) + WORD_TAKES + COMMAND_TAKES * course.speed();
        List<AssetId> before = new ArrayList<>();
        List<AssetId> after = new ArrayList<>();
        for (AssetId host : goes(Verb.POWER_OFF)) {
            hosts.toldOff(host).ifPresent(told -> (told <= known ? before : after).add(host));
        }
        List<String> wrong = before.isEmpty()
                ? after.stream()
                        .map(host -> host + " was told to go off "
                                + PlanText.clock(hosts.toldOff(host).orElseThrow() - back.orElse(0.0))
                                + " after the mains were back, and nothing had been told before")
                        .toList()
                : List.of();
        return Finding.unless(
                wrong,
                "No machine is told to go off after the mains are back, unless a power-off was already sent.",
                "mains back after " + PlanText.clock(back.orElse(0.0))
                        + (before.isEmpty()
                                ? "; no power-off was sent"
                                : "; power-off was already sent to " + listed(before)
                                        + (after.isEmpty() ? "" : ", so the site finished with " + listed(after))));
    }

    /** A step that counts as done is one that the asset itself noted, or that was down before. */
    private Finding saysWhatIs() {
        List<String> wrong = new ArrayList<>();
        boolean stuck = true;
        for (JsonNode step : course.shutdown()
                .map(one -> one.path("steps"))
                .orElse(course.forecast().path("none"))) {
            if (!DOWNWARDS.contains(step.path("verb").asText())
                    || !WELL.contains(step.path("outcome").asText())) {
                continue;
            }
            AssetId asset = AssetId.parse(step.path("asset").asText());
            if (asset.site().equals(site.id()) && course.ran().contains(asset) && !hosts.wentDown(asset)) {
                wrong.add("the run says " + step.path("outcome").asText() + " of " + asset + " ("
                        + step.path("evidence").asText() + "), and by its own log it never went down");
                stuck = stuck && course.stuck().contains(asset);
            }
        }
        String expected = "What the run says of a machine is what the machine's own log says.";
        String seen = course.shutdown()
                .map(run -> "the run is " + run.path("result").asText())
                .orElse("no run ended");
        return stuck ? Finding.shortIf(wrong, expected, seen) : Finding.unless(wrong, expected, seen);
    }

    private Finding runsAgain() {
        Set<AssetId> missing = new TreeSet<>(course.ran());
        missing.removeAll(course.up());
        return Finding.unless(
                missing.stream().map(asset -> asset + " does not run").toList(),
                "Everything that ran before runs again.",
                course.up().size() + " run" + byHand());
    }

    private String byHand() {
        return course.byHand().isEmpty()
                ? ""
                : "; a person had to press the power button of " + listed(new TreeSet<>(course.byHand()))
                        + ", for no way to wake it is declared";
    }

    /** What lost its power, or was still on when the run had ended, and would have lost it. */
    private Set<AssetId> lost() {
        Set<AssetId> lost = new LinkedHashSet<>(hosts.lost());
        if (course.scenario() == Scenario.LOST_NAS) {
            goes(Verb.POWER_OFF).stream()
                    .filter(host ->
                            course.stuck().contains(host) && hosts.off(host).isEmpty())
                    .forEach(lost::add);
        }
        return lost;
    }

    private Set<AssetId> forecastLost() {
        Set<AssetId> lost = new LinkedHashSet<>();
        course.forecast().path("lost").forEach(asset -> lost.add(AssetId.parse(asset.asText())));
        return lost;
    }

    private List<AssetId> goes(Verb verb) {
        List<AssetId> all = new ArrayList<>();
        course.forecast().path("goes").forEach(going -> {
            AssetId asset = AssetId.parse(going.path("asset").asText());
            if (going.path("verb").asText().equals(verb.name()) && asset.site().equals(site.id())) {
                all.add(asset);
            }
        });
        return all;
    }

    private String againstBattery() {
        return "the battery lasts " + battery() + ", and all is down after "
                + PlanText.clock(course.forecast().path("ends").asDouble()) + " by forecast";
    }

    private String battery() {
        return PlanText.clock(course.forecast().path("battery").asDouble());
    }

    private static List<String> named(Collection<AssetId> assets) {
        return assets.stream().map(AssetId::toString).sorted().toList();
    }

    private static String listed(Collection<AssetId> assets) {
        return assets.stream().map(AssetId::toString).collect(Collectors.joining(", "));
    }
}
