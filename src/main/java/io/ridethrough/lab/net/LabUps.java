package io.ridethrough.lab.net;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Ups;
import io.ridethrough.lab.host.LabClock;
import io.ridethrough.lab.host.LabEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A simulated UPS and its bridge: on battery it runs empty in its declared runtime, low under 20 %; on mains it charges
 * in twice that time. Readings are published as declared: on change, or all of them at every poll and only then.
 */
public final class LabUps implements AutoCloseable {
    private static final int LOW = 20;
    private static final int LOAD = 40;
    private static final double CHARGING_TAKES = 2;
    /** Voltage, and so the charge a UPS reports, falls slower at first. */
    private static final double CURVE = 0.85;

    private final Ups ups;
    private final LabClock clock;
    private final LabEvents events;
    private final Optional<Bridge> bridge;
    private boolean mains = true;
    private boolean cutOff;
    /** When it cuts its load, in nanoseconds; absent while it does not count down. */
    private OptionalLong cutsAt = OptionalLong.empty();

    private int idle = -1;

    private double energy = 1;
    private long lastNanos = System.nanoTime();
    private List<String> forced = List.of();
    private Map<String, String> published = Map.of();

    /** How it is told of over MQTT. */
    private record Bridge(UpsForm form, BridgeClient client, boolean onChange) {}

    /** @param brokerUri where its bridge publishes; absent when nothing tells of it over MQTT */
    public LabUps(Ups ups, Optional<String> brokerUri, LabClock clock, LabEvents events) {
        this.ups = ups;
        this.clock = clock;
        this.events = events;
        bridge = brokerUri.flatMap(uri -> ups.mqtt()
                .map(mqtt -> new Bridge(
                        new UpsForm(mqtt),
                        new BridgeClient(
                                uri,
                                "lab-" + ups.id().toString().replace('/', '-'),
                                mqtt.format() == Ups.Format.JSON
                                        ? Optional.of(new BridgeClient.Will(mqtt.topic(), "{\"online\":false}"))
                                        : Optional.empty()),
                        mqtt.every().isEmpty())));
        publish(true);
        Duration step = Duration.ofNanos((long) Math.max(20_000_000, 1e9 / clock.speed()));
        clock.everyReal(step, this::pass);
        ups.mqtt().flatMap(Ups.MqttSource::every).ifPresent(this::periodically);
    }

    private void periodically(Duration every) {
        clock.after(every, () -> {
            publish(true);
            periodically(every);
        });
    }

    public AssetId id() {
        return ups.id();
    }

    /** The mains fail: it goes on battery. */
    public void cut() {
        clock.settle(() -> {
            pass();
            mains = false;
            events.note(ups.id(), "mains", "cut", "-", "call");
            publish(false);
        });
    }

    /** The mains return. */
    public void restore() {
        clock.settle(() -> {
            pass();
            mains = true;
            events.note(ups.id(), "mains", "restore", "-", "call");
            publish(false);
        });
    }

    /** Its bridge says everything once, as one that is started anew. */
    public void tell() {
        clock.settle(() -> publish(true));
    }

    /** Reports these tokens whatever is true, for example {@code FSD OL}; none at all to tell the truth again. */
    public void setStatus(String... tokens) {
        clock.settle(() -> {
            forced = List.of(tokens);
            publish(false);
        });
    }

    /** Sets what is in the battery, in percent of what it reports. */
    public void setCharge(int percent) {
        clock.settle(() -> {
            pass();
            energy = Math.pow(percent / 100.0, 1 / CURVE);
            publish(false);
        });
    }

    /** Sets how long it lasts on battery from now; never longer than full. */
    public void setRuntime(Duration left) {
        clock.settle(() -> {
            pass();
            energy = Math.min(1, (double) left.toMillis() / ups.runtime().toMillis());
            publish(false);
        });
    }

    /** The charge it reports, in percent. */
    public int charge() {
        return (int) Math.round(100 * Math.pow(energy, CURVE));
    }

    /** Whether anything still comes out of it. */
    public boolean feeds() {
        return !cutOff && (mains || energy > 0);
    }

    /** What {@code shutdown.return} does: its load goes off after the delay, and on again with the mains. */
    public void cutsIn(Duration delay) {
        events.note(ups.id(), "ups", "shutdown.return", Long.toString(delay.toSeconds()), "call");
        cutsAt = OptionalLong.of(System.nanoTime() + (long) (delay.toNanos() / clock.speed()));
    }

    /** What its timer tells while it does not count down: NUT documents -1, and drivers tell 0, -60 or 65535 as well. */
    public void idlesAt(int seconds) {
        clock.settle(() -> idle = seconds);
    }

    /** What {@code shutdown.stop} does. */
    public void keepsOn() {
        events.note(ups.id(), "ups", "shutdown.stop", "-", "call");
        cutsAt = OptionalLong.empty();
    }

    /** Its load is cut when the time has come, also when mains are back by then; mains give it back after that. */
    private void countDown(long now) {
        if (cutsAt.isPresent() && now >= cutsAt.getAsLong()) {
            cutsAt = OptionalLong.empty();
            cutOff = true;
            events.note(ups.id(), "ups", "load", "off", "call");
        } else if (cutOff && mains) {
            cutOff = false;
            events.note(ups.id(), "ups", "load", "on", "call");
        }
    }

    /** The NUT tokens it reports. */
    public List<String> status() {
        if (!forced.isEmpty()) {
            return forced;
        }
        List<String> tokens = new ArrayList<>();
        tokens.add(mains ? "OL" : "OB");
        if (charge() < LOW) {
            tokens.add("LB");
        }
        if (!mains) {
            tokens.add("DISCHRG");
        } else if (energy < 1) {
            tokens.add("CHRG");
        }
        return List.copyOf(tokens);
    }

    private void pass() {
        long now = System.nanoTime();
        double seconds = (now - lastNanos) / 1e9 * clock.speed();
        lastNanos = now;
        double full = ups.runtime().toMillis() / 1000.0;
        countDown(now);
        boolean fed = cutOff || feeds();
        energy = mains ? Math.min(1, energy + seconds / (full * CHARGING_TAKES)) : Math.max(0, energy - seconds / full);
        if (fed && !cutOff && !feeds()) {
            events.note(ups.id(), "battery", "empty", "-", "violation");
        }
        publish(false);
    }

    /** What its NUT server tells of it, by NUT's own names. */
    public Map<String, String> variables() {
        long left = cutsAt.isEmpty()
                ? idle
                : Math.max(0, (long) ((cutsAt.getAsLong() - System.nanoTime()) / 1e9 * clock.speed()));
        return Map.of(
                "ups.status", String.join(" ", status()),
                "ups.timer.shutdown", Long.toString(left),
                "battery.charge", String.valueOf(charge()),
                "battery.runtime", String.valueOf((long) (energy * ups.runtime().toSeconds())),
                "ups.load", String.valueOf(LOAD));
    }

    /** The states of the entities by which a Home Assistant shows it, by their ids; none where none does. */
    public Map<String, String> entities() {
        return ups.home()
                .map(home -> new UpsWords(home.entities().keySet(), home.words(), home.runtimeUnit())
                                .values(
                                        status(),
                                        charge(),
                                        energy * ups.runtime().toMillis() / 1000.0,
                                        LOAD)
                                .entrySet()
                                .stream()
                                .collect(Collectors.toMap(
                                        value -> home.entities().getOrDefault(value.getKey(), ""),
                                        Map.Entry::getValue)))
                .orElse(Map.of());
    }

    private void publish(boolean all) {
        bridge.ifPresent(one -> publish(one, all));
    }

    private void publish(Bridge bridge, boolean all) {
        Map<String, String> values =
                bridge.form().values(status(), charge(), energy * ups.runtime().toMillis() / 1000.0, LOAD);
        Set<String> changed = new LinkedHashSet<>();
        values.forEach((name, value) -> {
            if (all || (bridge.onChange() && !value.equals(published.get(name)))) {
                changed.add(name);
            }
        });
        published = values;
        if (!changed.isEmpty()) {
            bridge.client().publish(bridge.form().messages(values, changed));
        }
    }

    @Override
    public void close() {
        bridge.ifPresent(one -> one.client().close());
    }
}
