package io.ridethrough.power;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.Ups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A site's power in virtual seconds: hold 60 s, return hold 300 s and 50 %, dead time 15 s, single-witness delay 10 s.
 * Time passes in steps of a second; the news of each step are kept.
 */
final class FakePower {
    static final AssetId A = AssetId.parse("attic/ups-a");
    static final AssetId B = AssetId.parse("attic/ups-b");
    static final AssetId NODE = AssetId.parse("attic/node");

    private static final Power.Policy POLICY = new Power.Policy(
            Duration.ofSeconds(60),
            Duration.ofSeconds(300),
            50,
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Power.OnReturn.TURN_AROUND,
            Power.Start.AFTER_HOLD,
            Duration.ofMinutes(45));
    private static final long START = -5_000_000_000L;

    final SitePower site;
    private final Power.Policy policy;
    private final List<String> news = new ArrayList<>();
    private final List<Decision> told = new ArrayList<>();
    private final List<String> urgencies = new ArrayList<>();
    private long second;

    private FakePower(Power power, Course course) {
        policy = power.policy();
        site = new SitePower(power, course);
    }

    /** One UPS that publishes on change. */
    static FakePower onChange() {
        return onChange(Course.UP);
    }

    static FakePower onChange(Course course) {
        return new FakePower(power(Optional.empty(), Set.of(A), Map.of(), A), course);
    }

    /** The same, by a policy that finishes every shutdown. */
    static FakePower finishing() {
        return by(Power.OnReturn.FINISH_DOMAIN, Power.Start.AFTER_HOLD);
    }

    /** The same, by a policy that waits for half of the battery. */
    static FakePower byBattery() {
        return by(Power.OnReturn.TURN_AROUND, Power.Start.BY_BATTERY);
    }

    /** The same, by a policy that stays up to its latest start. */
    static FakePower justInTime() {
        return by(Power.OnReturn.TURN_AROUND, Power.Start.JUST_IN_TIME);
    }

    /** One that waits for half of its battery, and sheds a guest after 30 s, another below five minutes. */
    static FakePower shedding() {
        Power power = power(Optional.empty(), Set.of(A), Map.of(), A);
        Power.Policy policy = byBattery().policy;
        List<Power.Shed> shed = List.of(
                new Power.Shed("games", Set.of(AssetId.parse("attic/games")), Duration.ofSeconds(30), Optional.empty()),
                new Power.Shed(
                        "films",
                        Set.of(AssetId.parse("attic/films")),
                        Duration.ofSeconds(60),
                        Optional.of(Duration.ofMinutes(12))));
        return new FakePower(new Power(power.upses(), power.fedBy(), power.minimum(), policy, shed), Course.UP);
    }

    /** One that publishes on change, where a person may put a shutdown off by ten minutes. */
    static FakePower deferring() {
        Power power = power(Optional.empty(), Set.of(A), Map.of(), A);
        Power.Policy policy = new Power.Policy(
                POLICY.outageHold(),
                POLICY.returnHold(),
                POLICY.returnCharge(),
                POLICY.deadTime(),
                POLICY.singleWitnessDelay(),
                POLICY.onReturn(),
                POLICY.start(),
                POLICY.maxDark(),
                Duration.ofMinutes(10));
        return new FakePower(new Power(power.upses(), power.fedBy(), power.minimum(), policy), Course.UP);
    }

    private static FakePower by(Power.OnReturn onReturn, Power.Start start) {
        Power power = power(Optional.empty(), Set.of(A), Map.of(), A);
        Power.Policy policy = new Power.Policy(
                POLICY.outageHold(),
                POLICY.returnHold(),
                POLICY.returnCharge(),
                POLICY.deadTime(),
                POLICY.singleWitnessDelay(),
                onReturn,
                start,
                POLICY.maxDark());
        return new FakePower(new Power(power.upses(), power.fedBy(), power.minimum(), policy), Course.UP);
    }

    /** One UPS that publishes every 5 s. */
    static FakePower periodic() {
        return new FakePower(power(Optional.of(Duration.ofSeconds(5)), Set.of(A), Map.of(), A), Course.UP);
    }

    /** Two UPSes that publish on change; the node hangs on both and needs this many. */
    static FakePower dual(int minimum) {
        return new FakePower(power(Optional.empty(), Set.of(A, B), Map.of(NODE, minimum), A, B), Course.UP);
    }

    private static Power power(
            Optional<Duration> every, Set<AssetId> fedBy, Map<AssetId, Integer> minimum, AssetId... upses) {
        List<Ups> all = new ArrayList<>();
        for (AssetId id : upses) {
            Ups.MqttSource source = new Ups.MqttSource(
                    "tcp://127.0.0.1:1883",
                    Optional.empty(),
                    Ups.Format.JSON,
                    "ups",
                    Map.of("status", "ups.status"),
                    Map.of(),
                    Duration.ofSeconds(1),
                    every);
            all.add(new Ups(id, "a UPS", source, Duration.ofMinutes(20)));
        }
        return new Power(all, new HashMap<>(Map.of(NODE, fedBy)), minimum, POLICY);
    }

    /** As if an earlier process had seen an outage begin so many seconds ago. */
    FakePower remembersAnOutage(long secondsAgo) {
        site.remember(nanos() - secondsAgo * 1_000_000_000L);
        return this;
    }

    /** As if an earlier discharge had lasted so many seconds while what it told fell by so many. */
    FakePower delivered(int lasted, int fell) {
        site.learn(List.of(new Discharge(A, Duration.ofSeconds(lasted), Duration.ofSeconds(fell))));
        return this;
    }

    /** A shutdown takes so many seconds by forecast. */
    FakePower needing(int seconds) {
        site.expect(Duration.ofSeconds(seconds));
        return this;
    }

    /** Lets time pass up to this second. */
    FakePower until(long to) {
        while (second < to) {
            second++;
            note(site.evaluate(nanos()));
        }
        return this;
    }

    FakePower says(AssetId ups, String status) {
        return note(site.accept(ups, Parsed.Update.ofStatus(status), false, "mqtt", nanos()));
    }

    FakePower says(String status) {
        return says(A, status);
    }

    FakePower saysVia(String source, String status) {
        return note(site.accept(A, Parsed.Update.ofStatus(status), false, source, nanos()));
    }

    FakePower kept(String status) {
        return note(site.accept(A, Parsed.Update.ofStatus(status), true, "mqtt", nanos()));
    }

    FakePower charge(int percent) {
        return says(
                new Parsed.Update(Optional.empty(), OptionalInt.of(percent), Optional.empty(), OptionalInt.empty()));
    }

    FakePower runtime(int seconds) {
        return says(new Parsed.Update(
                Optional.empty(), OptionalInt.empty(), Optional.of(Duration.ofSeconds(seconds)), OptionalInt.empty()));
    }

    FakePower says(Parsed said) {
        return note(site.accept(A, said, false, "mqtt", nanos()));
    }

    /** Says the same every 5 s up to this second. */
    FakePower repeats(String status, long to) {
        while (second < to) {
            until(Math.min(to, second + 5));
            says(status);
        }
        return this;
    }

    FakePower lost(AssetId ups) {
        return note(site.accept(ups, new Parsed.CommunicationLost("offline"), false, "mqtt", nanos()));
    }

    FakePower serverLost() {
        return lostVia(Reading.DIRECT);
    }

    FakePower lostVia(String source) {
        return note(site.accept(A, new Parsed.CommunicationLost("silent"), false, source, nanos()));
    }

    FakePower brokerLost() {
        return note(site.brokerLost(A, "the broker is unreachable", nanos()));
    }

    FakePower charged(String source, int percent) {
        Parsed.Update update =
                new Parsed.Update(Optional.empty(), OptionalInt.of(percent), Optional.empty(), OptionalInt.empty());
        return note(site.accept(A, update, false, source, nanos()));
    }

    FakePower brokerBack() {
        return note(site.brokerBack(A, nanos()));
    }

    FakePower note(List<Decision> decisions) {
        told.addAll(decisions);
        for (Decision decision : decisions) {
            news.add(second + " " + decision.getClass().getSimpleName() + ": " + decision.reason());
            if (decision instanceof Decision.BeginShutdown shutdown) {
                urgencies.add(second + " BeginShutdown " + shutdown.urgency());
            } else if (decision instanceof Decision.BeginStartup) {
                urgencies.add(second + " BeginStartup");
            }
        }
        return this;
    }

    long nanos() {
        return START + Duration.ofSeconds(second).toNanos();
    }

    List<Decision> decisions() {
        return List.copyOf(told);
    }

    List<String> news() {
        return List.copyOf(news);
    }

    /** When and what was begun, for example {@code 60 BeginShutdown}. */
    List<String> begun() {
        return news.stream()
                .filter(n -> n.contains(" Begin"))
                .map(n -> n.substring(0, n.indexOf(':')))
                .toList();
    }

    /** As {@link #begun}, with the urgency of a shutdown. */
    List<String> begunHow() {
        return List.copyOf(urgencies);
    }

    List<String> alarms() {
        return news.stream().filter(n -> n.contains(" Alarm: ")).toList();
    }

    String last() {
        return news.get(news.size() - 1);
    }
}
