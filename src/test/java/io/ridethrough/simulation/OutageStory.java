package io.ridethrough.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Scope;
import io.ridethrough.plan.Trigger;
import io.ridethrough.power.Parsed;
import io.ridethrough.power.StatusSet;
import io.ridethrough.run.MemoryJournal;
import io.ridethrough.run.Standing;
import io.ridethrough.run.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/** Plays one outage by one rule, up to the return of mains or the end of the battery. */
final class OutageStory {
    /** When a shutdown begins, and who steers it. */
    enum Rule {
        /** The product, as it is. */
        AFTER_HOLD("planned, after the hold"),
        /** The same, with a policy that waits for half of the battery. */
        BY_BATTERY("planned, at half of the battery"),
        /** The same, up to the latest start, with batteries of which an earlier discharge was measured. */
        JUST_IN_TIME("planned, just in time"),
        /** What everybody has: a charge. */
        AT_30_PERCENT("fixed: at 30 % charge"),
        /** The other one. */
        AFTER_5_MINUTES("fixed: after 5 min on battery");

        final String words;

        Rule(String words) {
            this.words = words;
        }

        boolean isOurs() {
            return this == AFTER_HOLD || this == BY_BATTERY || this == JUST_IN_TIME;
        }

        Power.Start start() {
            return switch (this) {
                case BY_BATTERY -> Power.Start.BY_BATTERY;
                case JUST_IN_TIME -> Power.Start.JUST_IN_TIME;
                default -> Power.Start.AFTER_HOLD;
            };
        }
    }

    /**
     * What became of it.
     *
     * @param lostHosts nodes and NAS that were on when the battery was empty
     * @param lostGuests guests that lost their power while they ran
     * @param guestMinutes how long guests stayed up of the time that mains was away, all together
     */
    record End(List<AssetId> lostHosts, List<AssetId> lostGuests, double guestMinutes, List<String> history) {}

    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final double LOW = 0.15;

    private final Outage outage;
    private final Rule rule;
    private final VirtualTime time = new VirtualTime();
    private final History history = new History(time);
    private final Machine machine = new Machine(time, history);
    private final World world;
    private final MemoryJournal disk = new MemoryJournal(machine);
    private final Life life;
    private final SiteId site;
    private final Random random;
    private boolean fixedBegan;
    private boolean over;
    private double guestSeconds;

    private OutageStory(Outage outage, Rule rule, RunRoutes routes) {
        this.outage = outage;
        this.rule = rule;
        this.random = new Random(outage.seed() + 11);
        Drawn drawn = outage.drawn();
        Faults faults = new Faults(drawn.faults(), machine, history);
        this.world = new World(drawn, machine, history, faults);
        this.site = drawn.contracts().sites().firstKey();
        if (rule.isOurs()) {
            new Standing(disk).ready(site, Standing.Readiness.ARMED, "a person");
        }
        if (rule == Rule.JUST_IN_TIME) {
            measureADischarge();
        }
        Judge nobody = new Judge(drawn, world, disk, history, faults);
        Setting setting = new Setting(machine, routes, history, disk, world, nobody, Mutant.NONE);
        this.life = Life.begin(setting, drawn.contracts(), Life.Death.NEVER).orElseThrow();
    }

    /** As the product has it in its journal: what was told fell as much faster than time as it is too optimistic. */
    private void measureADischarge() {
        disk.append(
                Optional.empty(),
                "decision",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("site", site.value())
                        .put("decision", "Discharged")
                        .put("ups", site + "/ups")
                        .put("lasted", "PT10M")
                        .put(
                                "fell",
                                Duration.ofSeconds((long) (600 * outage.optimism()))
                                        .toString()));
    }

    static End play(Outage outage, Rule rule, RunRoutes routes) {
        return new OutageStory(outage, rule, routes).play();
    }

    private End play() {
        life.start();
        say();
        machine.at(Outage.BEGINS, () -> {
            history.note("mains OFF");
            publish();
        });
        Duration mains = Outage.BEGINS.plus(outage.lasts());
        Duration empty = Outage.BEGINS.plus(outage.battery());
        Duration end = mains.compareTo(empty) < 0 ? mains : empty;
        count();
        machine.at(end, () -> over = true);
        time.passUntil(() -> over);
        history.note(outage.outlastsTheBattery() ? "the battery is empty" : "mains on");
        life.die(FaultKind.KILLED);
        List<AssetId> none = List.of();
        return new End(
                outage.outlastsTheBattery() ? up(outage.hosts()) : none,
                outage.outlastsTheBattery() ? up(outage.guests()) : none,
                guestSeconds / 60,
                history.lines());
    }

    private void count() {
        if (isOnBattery()) {
            guestSeconds += outage.guests().stream().filter(world::isUp).count();
        }
        machine.at(Duration.ofSeconds(1), this::count);
    }

    private List<AssetId> up(List<AssetId> assets) {
        return assets.stream().filter(world::isUp).toList();
    }

    private boolean isOnBattery() {
        return machine.elapsed().compareTo(Outage.BEGINS) >= 0;
    }

    private void say() {
        publish();
        machine.at(EVERY, this::say);
    }

    private double charge() {
        if (!isOnBattery()) {
            return 1;
        }
        double dark = machine.elapsed().minus(Outage.BEGINS).toMillis();
        return Math.max(0, 1 - dark / outage.battery().toMillis());
    }

    private void publish() {
        double charge = charge();
        double jitter = 0.9 + 0.2 * random.nextDouble();
        long runtime = (long) (outage.battery().toSeconds() * charge * outage.optimism() * jitter);
        String status = !isOnBattery() ? "OL" : charge < LOW ? "OB LB" : "OB DISCHRG";
        life.heard(
                AssetId.parse(site + "/ups"),
                new Parsed.Update(
                        Optional.of(StatusSet.of(status)),
                        OptionalInt.of((int) (charge * 100)),
                        Optional.of(Duration.ofSeconds(runtime)),
                        OptionalInt.empty()),
                false);
        fixedRule(charge);
    }

    private void fixedRule(double charge) {
        boolean now =
                switch (rule) {
                    case AFTER_HOLD, BY_BATTERY, JUST_IN_TIME -> false;
                    case AT_30_PERCENT -> charge <= 0.3;
                    case AFTER_5_MINUTES -> machine.elapsed().compareTo(Outage.BEGINS.plusMinutes(5)) >= 0;
                };
        if (now && !fixedBegan) {
            fixedBegan = true;
            life.begin(
                    new Intent(
                            Scope.of(site),
                            List.of(Phase.SHUTDOWN),
                            Trigger.POWER,
                            Set.of(site),
                            Optional.empty(),
                            false,
                            true,
                            Optional.empty(),
                            "a fixed rule",
                            rule.words),
                    "a fixed rule");
        }
    }
}
