package io.ridethrough.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** R11, R12: every host is off before its battery is empty, whoever hangs, in outages drawn from one distribution. */
final class OutageBenchmarkTest extends OnTheRoutes {
    /** What is aimed at: lost in at most one outage of a thousand that a perfect plan would survive. */
    private static final double SAVED = 0.999;

    @ParameterizedTest
    @EnumSource(names = {"AFTER_HOLD", "BY_BATTERY", "JUST_IN_TIME"})
    void losesNoHostThatCouldBeSaved(OutageStory.Rule rule) {
        Tally planned = play(300, rule);

        assertThat(planned.lost).as(planned.words()).isEmpty();
    }

    /**
     * The whole table, as src/docs/benchmarks.md has it:
     *
     * <pre>mvn -B test -Dtest=OutageBenchmarkTest -Dgroups=long -DexcludedGroups= -Doutages=10000</pre>
     */
    @Test
    @Tag("long")
    void savesNearlyAllOfVeryManyAndTellsWhatFixedRulesLose() {
        int many = Integer.getInteger("outages", 10_000);
        Map<OutageStory.Rule, Tally> table = new TreeMap<>();
        for (OutageStory.Rule rule : OutageStory.Rule.values()) {
            Tally tally = play(many, rule);
            table.put(rule, tally);
            System.out.println(tally.words());
        }

        table.values().stream().filter(tally -> tally.rule.isOurs()).forEach(ours -> assertThat(
                        1 - (double) ours.lost.size() / many)
                .as(ours.words())
                .isGreaterThanOrEqualTo(SAVED));
    }

    private static Tally play(int many, OutageStory.Rule rule) {
        Tally tally = new Tally(rule);
        for (long seed = 1; seed <= many; seed++) {
            Outage outage = Outage.from(seed, rule.start());
            tally.add(outage, OutageStory.play(outage, rule, routes));
        }
        return tally;
    }

    /** What one rule made of all outages. */
    private static final class Tally {
        private final OutageStory.Rule rule;
        private final List<Long> lost = new ArrayList<>();
        private int outages;
        private int outlasting;
        private int impossible;
        private int guestsLost;
        private double guestHours;

        Tally(OutageStory.Rule rule) {
            this.rule = rule;
        }

        void add(Outage outage, OutageStory.End end) {
            outages++;
            outlasting += outage.outlastsTheBattery() ? 1 : 0;
            guestHours += end.guestMinutes() / 60;
            guestsLost += end.lostGuests().size();
            if (!end.lostHosts().isEmpty()) {
                if (outage.isImpossible()) {
                    impossible++;
                } else {
                    lost.add(outage.seed());
                    if (lost.size() <= 3 && rule.isOurs()) {
                        System.out.printf("outage %s%n%s%n", outage, String.join("\n", end.history()));
                    }
                }
            }
        }

        String words() {
            return String.format(
                    Locale.ROOT,
                    "%-30s %d outages, %d longer than the battery: hosts lost in %d (and in %d that nobody could save), "
                            + "%d guests lost, guests up for %.0f h of outage; lost: %s",
                    rule.words,
                    outages,
                    outlasting,
                    lost.size(),
                    impossible,
                    guestsLost,
                    guestHours,
                    lost.stream().limit(20).toList());
        }
    }
}
