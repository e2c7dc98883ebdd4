package io.ridethrough.simulation;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.power.Parsed;
import io.ridethrough.power.StatusSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The mains of every site, its UPS, and what a broker makes of what that says. */
final class Mains {
    /** What reaches a subscriber. */
    record Message(AssetId ups, Parsed said, boolean retained) {}

    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Drawn drawn;
    private final Machine machine;
    private final History history;
    private final Faults faults;
    private final Consumer<Message> subscriber;
    private final Random random;
    private final Map<SiteId, Boolean> on = new TreeMap<>();
    private final Map<SiteId, Integer> charge = new TreeMap<>();
    private final List<Message> overtaken = new ArrayList<>();
    private Duration changed = Duration.ZERO;
    private boolean staysBack;

    Mains(Drawn drawn, Machine machine, History history, Faults faults, Consumer<Message> subscriber) {
        this.drawn = drawn;
        this.machine = machine;
        this.history = history;
        this.faults = faults;
        this.subscriber = subscriber;
        this.random = new Random(drawn.seed() + 2);
        drawn.contracts().sites().keySet().forEach(site -> {
            on.put(site, true);
            charge.put(site, 100);
        });
    }

    /** From now on it follows the plot. */
    void begin() {
        for (Plot.Outage outage : drawn.plot().outages()) {
            machine.at(outage.from(), () -> turn(false));
            machine.at(outage.until(), () -> turn(true));
        }
        faults.all().stream()
                .filter(fault -> fault.kind() == FaultKind.FLAPPING)
                .forEach(fault -> machine.at(fault.from(), () -> flap(fault)));
        sample();
    }

    /** When it last changed. */
    Duration changed() {
        return changed;
    }

    /** The n-th command of a shutdown was sent: there is a fault that brings the mains back just then. */
    void commanded(int number) {
        faults.all().stream()
                .filter(fault -> fault.kind() == FaultKind.POWER_BACK && fault.number() % 20 + 1 == number)
                .filter(fault -> on.containsValue(false))
                .findFirst()
                .ifPresent(fault -> {
                    history.hit(fault.kind(), "at command " + number);
                    turn(true);
                    staysBack = true;
                });
    }

    private void flap(Fault fault) {
        if (machine.elapsed().compareTo(fault.until()) >= 0) {
            turn(true);
            return;
        }
        history.hit(fault.kind(), "");
        turn(!on.containsValue(false) ? false : true);
        machine.at(Duration.ofMillis(2000 + random.nextInt(25_000)), () -> flap(fault));
    }

    private void turn(boolean to) {
        if (staysBack) {
            return;
        }
        for (SiteId site : drawn.plot().dark()) {
            if (!Boolean.valueOf(to).equals(on.put(site, to))) {
                history.note("mains " + (to ? "on" : "OFF") + " at " + site);
                changed = machine.elapsed();
                publish(site);
            }
        }
    }

    private void sample() {
        for (SiteId site : on.keySet()) {
            int now = charge.getOrDefault(site, 0);
            charge.put(site, isOn(site) ? Math.min(100, now + 1) : Math.max(5, now - 1));
            publish(site);
        }
        machine.at(EVERY, this::sample);
    }

    boolean isOn(SiteId site) {
        return on.getOrDefault(site, true);
    }

    private void publish(SiteId site) {
        Message message = message(site, isOn(site), false);
        if (!isOn(site)) {
            Optional<Fault> silent = faults.now(FaultKind.COMMUNICATION_LOST);
            if (silent.isPresent()) {
                history.hit(FaultKind.COMMUNICATION_LOST, "at " + site);
                subscriber.accept(new Message(message.ups(), new Parsed.CommunicationLost("no data"), false));
                return;
            }
        }
        if (faults.now(FaultKind.REORDERED).isPresent() && random.nextBoolean()) {
            overtaken.add(message);
            return;
        }
        subscriber.accept(message);
        if (faults.now(FaultKind.DUPLICATE).isPresent()) {
            history.hit(FaultKind.DUPLICATE, "at " + site);
            subscriber.accept(message);
        }
        for (Message late : List.copyOf(overtaken)) {
            history.hit(FaultKind.REORDERED, "at " + site);
            subscriber.accept(late);
        }
        overtaken.clear();
    }

    /** Somebody subscribes: the broker gives what it kept. */
    void subscribed() {
        for (SiteId site : on.keySet()) {
            boolean stale = faults.now(FaultKind.RETAINED_STALE).isPresent();
            if (stale) {
                history.hit(FaultKind.RETAINED_STALE, "at " + site);
            }
            subscriber.accept(message(site, isOn(site) != stale, true));
        }
    }

    private Message message(SiteId site, boolean mains, boolean retained) {
        int left = charge.getOrDefault(site, 0);
        String status = mains ? "OL" : left < 30 ? "OB LB" : "OB DISCHRG";
        Parsed said = new Parsed.Update(
                Optional.of(StatusSet.of(status)),
                OptionalInt.of(left),
                Optional.of(Duration.ofSeconds(12L * left)),
                OptionalInt.empty());
        return new Message(AssetId.parse(site + "/ups"), said, retained);
    }
}
