package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Power;
import io.ridethrough.contract.Ups;
import io.ridethrough.power.Reading;
import io.ridethrough.realparts.Mosquitto;
import io.ridethrough.realparts.NutServer;
import io.ridethrough.realparts.NutToMqtt;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Plans;
import io.ridethrough.target.SecretFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole outages and what only looks like one, on NUT's own daemon and driver, upsmon and mosquitto, at an armed site:
 * no false shutdown, none missed, no loop. Words come by the parts, in real time; how long each lasts is in hand.
 */
class PowerOnRealPartsTest {
    private static final Power.Policy POLICY = policy(Duration.ofSeconds(60));
    private static final List<String> ROUND =
            Stream.concat(Cut.DOWN.stream(), Cut.UP.stream()).toList();
    private static final Duration OUTLASTS_ITS_HOLD = Duration.ofSeconds(71);
    private static final Duration OUTLASTS_ITS_RETURN = Duration.ofSeconds(301);
    /** What is heard sooner after another is one sample with it. */
    private static final Duration APART = Duration.ofSeconds(2);

    private static final Duration AN_HOUR = Duration.ofHours(1);
    /** So that a machine that has much else to do is no failure. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    static Path shared;

    @SuppressWarnings("NullAway.Init")
    private static NutServer nut;

    @SuppressWarnings("NullAway.Init")
    private static Mosquitto broker;

    private static int number;
    private static final Figures FIGURES = new Figures();

    /** Benches end meanwhile: that takes a while, and nobody waits for it. */
    private static final List<CompletableFuture<Void>> ENDING = new ArrayList<>();

    private TimeInHand time = new TimeInHand();

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private @Nullable PowerBench bench;

    @BeforeAll
    static void startTheParts() {
        nut = NutServer.start(shared.resolve("nut"), "ups");
        broker = new Mosquitto(shared).start();
    }

    @AfterAll
    static void stopTheParts() {
        CompletableFuture.allOf(ENDING.toArray(CompletableFuture[]::new)).join();
        broker.close();
        nut.close();
        System.out.println(FIGURES);
    }

    /** Whatever the scenario before has left. */
    @BeforeEach
    void mains() throws IOException {
        number++;
        folder = Files.createDirectories(shared.resolve("scenario" + number));
        nut.startWhatIsDead("ups");
        nut.says("ups", "OL", 100);
        if (nut.status("ups").contains("FSD")) {
            restartTheServer();
        }
        Until.holds(
                () -> nut.status("ups").equals("OL"),
                PATIENCE,
                () -> "upsd says OL, not: " + nut.status("ups") + nut.log());
    }

    @AfterEach
    void stop() {
        PowerBench open = bench;
        if (open != null) {
            ENDING.add(CompletableFuture.runAsync(open::close));
        }
    }

    static List<Cut> shutdowns() {
        return Cut.shutdowns();
    }

    static List<Cut> onlyLooksLikeOne() {
        return Cut.onlyLooksLikeOne();
    }

    @ParameterizedTest
    @MethodSource("shutdowns")
    void anOutageTakesTheSiteDownWhenItsTimeHasComeAndItsEndBringsItBack(Cut cut) {
        PowerBench b = direct();
        plays(b, cut);

        ends(b, cut.ends());
        assertThat(b.decisions().stream().filter(line -> line.startsWith("BeginShutdown")))
                .allMatch(line -> line.contains(cut.why()));
    }

    @ParameterizedTest
    @MethodSource("onlyLooksLikeOne")
    void whatOnlyLooksLikeAnOutageLeadsToNothing(Cut cut) {
        PowerBench b = direct();
        plays(b, cut);

        ends(b, List.of());
    }

    @Test
    void itsServersWordAloneBeginsAShutdownWhereTheContractWaitsForNothing() {
        PowerBench b = onTheMachinesClock(Duration.ZERO);
        nut.says("ups", "OB DISCHRG", 90);
        Until.holds(() -> b.begun("Shutdown") == 1 && b.rests(), PATIENCE, () -> told(b));

        ends(b, Cut.DOWN);
    }

    /** As recorded, with the time in between, by the driver's own timer; the holds are on the machine's clock. */
    @Test
    void replaysARecordedCutByTheDriversOwnTimer() {
        PowerBench b = onTheMachinesClock(Duration.ofSeconds(2));
        nut.replays("ups", """
                ups.status: OL
                battery.charge: 99
                TIMER 20
                ups.status: OB
                TIMER 10
                ups.status: OB DISCHRG
                battery.charge: 91
                """);
        Until.holds(() -> b.begun("Shutdown") == 1 && b.rests(), PATIENCE, () -> told(b));
        nut.replays("ups", """
                ups.status: OL CHRG LB
                battery.charge: 60
                TIMER 20
                ups.status: OL CHRG
                battery.charge: 61
                """);
        Until.holds(() -> b.begun("Startup") == 1 && b.rests(), PATIENCE, () -> told(b));

        ends(b, ROUND);
    }

    @Test
    void nonsenseOfTheRuntimeHastensNothing() {
        PowerBench b = direct();
        List<String> runtimes = List.of("0", "65535", "-1", "n/a", "");
        for (int i = 0; i < runtimes.size(); i++) {
            String runtime = runtimes.get(i).isEmpty() ? "" : "battery.runtime: " + runtimes.get(i) + "\n";
            nut.replays("ups", "ups.status: OB\nbattery.charge: " + (90 - i) + "\n" + runtime);
            heard(b, "OB", 90 - i);
            passes(b, Duration.ofSeconds(11));
        }
        hears(b, "OL", 80);

        ends(b, List.of());
    }

    @Test
    void aDriverThatDiesOnBatteryIsCriticalAfterItsDeadTime() {
        PowerBench b = direct();
        hears(b, "OB DISCHRG", 80);
        passes(b, Duration.ofSeconds(10));
        nut.killDriver("ups");
        Until.holds(() -> b.said("has lost it"), PATIENCE, () -> told(b));
        leaps(b, Duration.ofSeconds(14));
        assertThat(b.begun("Shutdown")).as(told(b)).isZero();
        leaps(b, Duration.ofSeconds(1));
        leaps(b, Duration.ofSeconds(10));
        Until.holds(() -> b.world.commands().equals(Cut.DOWN), PATIENCE, () -> told(b));
        nut.startDriver("ups");
        hears(b, "OL CHRG", 70);
        passes(b, OUTLASTS_ITS_RETURN);

        ends(b, ROUND);
    }

    @Test
    void aDriverThatIsDeadForAnHourOnMainsIsAnAlarm() {
        PowerBench b = direct();
        nut.killDriver("ups");
        Until.holds(() -> b.said("has lost it"), PATIENCE, () -> told(b));
        leaps(b, AN_HOUR);
        nut.startDriver("ups");
        hears(b, "OL", 99);

        ends(b, List.of());
        assertThat(b.decisions()).anyMatch(line -> line.startsWith("Alarm"));
    }

    @Test
    void aServerThatStaysAwayOnBatteryIsCriticalAfterItsDeadTime() {
        PowerBench b = direct();
        hears(b, "OB DISCHRG", 78);
        passes(b, Duration.ofSeconds(10));
        nut.killServer();
        Until.holds(() -> b.said("its NUT server is silent"), PATIENCE, () -> told(b));
        leaps(b, Duration.ofSeconds(15));
        leaps(b, Duration.ofSeconds(10));
        Until.holds(() -> b.world.commands().equals(Cut.DOWN), PATIENCE, () -> told(b));
        nut.startServer();
        hears(b, "OL CHRG", 70);
        passes(b, OUTLASTS_ITS_RETURN);

        ends(b, ROUND);
    }

    @Test
    void aServerThatIsBackOnBatteryInTimeHastensNothing() {
        PowerBench b = direct();
        hears(b, "OB DISCHRG", 80);
        nut.killServer();
        Until.holds(() -> b.said("its NUT server is silent"), PATIENCE, () -> told(b));
        leaps(b, Duration.ofSeconds(14));
        nut.startServer();
        hears(b, "OB DISCHRG", 79);
        passes(b, Duration.ofSeconds(45));
        assertThat(b.begun("Shutdown")).as(told(b)).isZero();
        hears(b, "OL", 78);

        ends(b, List.of());
    }

    /** The latch is upsd's own; it keeps the site dark and starts nothing, until upsd is started anew. */
    @Test
    void aLatchedForcedShutdownLeadsToNoneAfterOurOwnRestart() {
        PowerBench before = direct();
        hears(before, "OB", 60);
        passes(before, Duration.ofSeconds(10));
        nut.force("ups");
        hears(before, "OB", 59);
        passes(before, Duration.ofSeconds(10));
        hears(before, "OL", 61);
        assertThat(nut.status("ups")).isEqualTo("FSD OL");
        passes(before, AN_HOUR);
        assertThat(before.world.commands()).as(told(before)).isEqualTo(Cut.DOWN);
        before.die();

        time = new TimeInHand();
        PowerBench after = opened(new PowerBench(
                folder, POLICY, ups(Optional.empty(), Optional.of(server())), time, Optional.of(before.world)));
        hears(after, "OL", 63);
        passes(after, AN_HOUR);
        assertThat(after.world.commands()).as(told(after)).isEqualTo(Cut.DOWN);
        restartTheServer();
        hears(after, "OL", 64);
        passes(after, OUTLASTS_ITS_RETURN);

        ends(after, ROUND);
    }

    @Test
    void aRealSecondaryBesideUsActsAtTheEndOfTheBatteryAndWeBeforeIt() {
        Path gone = folder.resolve("gone");
        nut.secondary("ups", gone);
        PowerBench b = direct();
        hears(b, "OB DISCHRG", 60);
        passes(b, OUTLASTS_ITS_HOLD);
        assertThat(b.world.commands()).as(told(b)).isEqualTo(Cut.DOWN);
        assertThat(gone).as("on battery alone it waits").doesNotExist();

        nut.says("ups", "OB LB DISCHRG", 9);
        Until.holds(() -> Files.exists(gone), PATIENCE, () -> "upsmon shuts down at low battery");
        ends(b, Cut.DOWN);
    }

    @Test
    void mainsBackInMidShutdownTurnsTheSiteRound() {
        PowerBench b = direct();
        b.world.gate("attic/app");
        hears(b, "OB DISCHRG", 60);
        leaps(b, OUTLASTS_ITS_HOLD);
        Until.holds(() -> b.world.commands().size() == 1, PATIENCE, () -> told(b));
        hears(b, "OL CHRG", 59);
        Until.holds(() -> b.said("TurnedAround"), PATIENCE, () -> told(b));
        b.world.open("attic/app");
        passes(b, OUTLASTS_ITS_RETURN);

        ends(b, List.of("SHUT_DOWN attic/app", "START attic/app"));
    }

    @Test
    @SuppressWarnings("try") // A bridge works by being there.
    void aBridgeBetweenTheServerAndTheBrokerTellsTheSame() {
        try (NutToMqtt bridge = new NutToMqtt(folder, nut, broker.port(), "ups")) {
            PowerBench b = bridged("ups", Optional.empty());
            heard(b, "OL", 100);
            hears(b, "OB DISCHRG", 80);
            passes(b, OUTLASTS_ITS_HOLD);
            hears(b, "OL CHRG", 79);
            passes(b, OUTLASTS_ITS_RETURN);

            ends(b, ROUND);
        }
    }

    /** The second source takes over in the middle of an outage, and hands back; neither hastens nor ends anything. */
    @Test
    void aBrokerGoesOnTellingAnOutageWhoseServerDies() {
        PowerBench b = bridged("both", Optional.of(server()));
        heard(b, "OL", 100);
        hears(b, "OB DISCHRG", 80);
        nut.killServer();
        Until.holds(() -> b.said("its NUT server is silent"), PATIENCE, () -> told(b));
        bridgeTells(b, "OB", 78);
        leaps(b, Duration.ofSeconds(20));
        assertThat(b.begun("Shutdown"))
                .as("longer than the dead time, shorter than the hold")
                .isZero();
        bridgeTells(b, "OB", 70);
        passes(b, OUTLASTS_ITS_HOLD);
        Until.holds(() -> b.world.commands().equals(Cut.DOWN), PATIENCE, () -> told(b));
        bridgeTells(b, "OL", 69);
        passes(b, Duration.ofSeconds(30));
        nut.startServer();
        hears(b, "OL CHRG", 70);
        passes(b, OUTLASTS_ITS_RETURN);

        ends(b, ROUND);
    }

    private void bridgeTells(PowerBench b, String status, int charge) {
        broker.publish("ups/both/ups.status", status);
        broker.publish("ups/both/battery.charge", Integer.toString(charge));
        heard(b, status, charge);
    }

    @Test
    @SuppressWarnings("try") // A bridge works by being there.
    void aForgedWordBetweenThoseOfABridgeIsContradictedWithinItsHold() {
        try (NutToMqtt bridge = new NutToMqtt(folder, nut, broker.port(), "ups")) {
            PowerBench b = bridged("ups", Optional.empty());
            heard(b, "OL", 100);
            for (int i = 0; i < 5; i++) {
                long before = broker.acknowledged("ridethrough-");
                broker.publish("ups/ups/ups.status", "OB");
                Until.holds(() -> broker.acknowledged("ridethrough-") > before + 3, PATIENCE, () -> "taken");
                Until.holds(() -> reads(b, "OL"), PATIENCE, () -> told(b));
                passes(b, OUTLASTS_ITS_RETURN);
            }

            ends(b, List.of());
            assertThat(b.said("mains is back")).as("the forged word was heard").isTrue();
        }
    }

    /** R3. */
    @Test
    void aBridgeThatPublishesOnChangeMayBeSilentForAnHourOnMains() {
        PowerBench b = json(POLICY, "quiet");
        broker.publish("quiet", "{\"ups.status\":\"OL\",\"battery.charge\":100}");
        heard(b, "OL", 100);
        passes(b, AN_HOUR);
        assertThat(b.decisions()).as(told(b)).noneMatch(line -> line.startsWith("Alarm"));
        broker.publish("quiet", "{\"ups.status\":\"OB\",\"battery.charge\":80}");
        heard(b, "OB", 80);
        passes(b, OUTLASTS_ITS_HOLD);

        ends(b, Cut.DOWN);
    }

    @Test
    void aBridgeThatPublishesOnChangeMayBeSilentForAnHourOnBattery() {
        PowerBench b = json(policy(AN_HOUR.plusMinutes(20)), "quiet");
        broker.publish("quiet", "{\"ups.status\":\"OB\",\"battery.charge\":80}");
        heard(b, "OB", 80);
        passes(b, AN_HOUR);
        assertThat(b.begun("Shutdown")).as(told(b)).isZero();
        assertThat(b.said("silent")).as(told(b)).isFalse();
        passes(b, Duration.ofMinutes(21));

        ends(b, Cut.DOWN);
    }

    @Test
    void aBrokerThatDiesWithTheGuestThatHostsItEndsNoShutdown() {
        try (Mosquitto own = new Mosquitto(folder).start()) {
            PowerBench b = opened(new PowerBench(
                    folder,
                    POLICY,
                    ups(
                            Optional.of(PowerBench.source(own.address(), Ups.Format.JSON, "ups", Map.of())),
                            Optional.empty()),
                    time,
                    Optional.empty()));
            b.world.gate("attic/app");
            own.publish("ups", "{\"ups.status\":\"OB\",\"battery.charge\":80}");
            heard(b, "OB", 80);
            leaps(b, OUTLASTS_ITS_HOLD);
            Until.holds(() -> b.world.commands().size() == 1, PATIENCE, () -> told(b));
            own.stop();
            Until.holds(() -> b.said("the broker is unreachable"), PATIENCE, () -> told(b));
            b.world.open("attic/app");
            Until.holds(() -> b.world.commands().equals(Cut.DOWN) && b.rests(), PATIENCE, () -> told(b));
            leaps(b, AN_HOUR);
            own.start();
            Until.holds(b::subscribed, PATIENCE, () -> "subscribed anew");
            own.publish("ups", "{\"ups.status\":\"OL\",\"battery.charge\":79}");
            heard(b, "OL", 79);
            passes(b, OUTLASTS_ITS_RETURN);

            ends(b, ROUND);
        }
    }

    @Test
    void twentyOutagesAndReturnsAreTwentyShutdownsAndStartups() {
        cycles(20);
    }

    @Test
    @Tag("long")
    void veryManyOutagesAndReturnsAreAsManyShutdownsAndStartups() {
        cycles(Integer.getInteger("outages", 200));
    }

    /** Told by the server, and by a bridge that is a little later. */
    @SuppressWarnings("try") // A bridge works by being there.
    private void cycles(int times) {
        try (NutToMqtt bridge = new NutToMqtt(folder, nut, broker.port(), "ups")) {
            PowerBench b = bridged("ups", Optional.of(server()));
            List<String> expected = new ArrayList<>();
            for (int cycle = 1; cycle <= times; cycle++) {
                nut.set("ups", "OB DISCHRG");
                Until.holds(() -> reads(b, "OB"), PATIENCE, () -> told(b));
                passes(b, OUTLASTS_ITS_HOLD);
                nut.set("ups", "OL CHRG");
                Until.holds(() -> reads(b, "OL"), PATIENCE, () -> told(b));
                passes(b, OUTLASTS_ITS_RETURN);
                expected.addAll(ROUND);
                assertThat(b.world.commands()).as(told(b)).isEqualTo(expected);
                FIGURES.cycle();
            }

            ends(b, expected);
        }
    }

    /** While the UPS itself says that it is on mains; and what it says itself counts all the same. */
    @Test
    void noForgedOrBrokenMessageStartsOrStopsAnythingAtAnArmedSite() {
        PowerBench b = besideARogue();
        assertThat(Forgery.kinds()).hasSizeGreaterThanOrEqualTo(30);
        Forgery.kinds().forEach(kind -> startsNothing(b, kind));
        hears(b, "OB", 70);
        broker.publish("rogue", "{\"ups.status\":\"OL\",\"battery.charge\":100}");
        passes(b, OUTLASTS_ITS_HOLD);

        ends(b, Cut.DOWN);
        broker.retain("rogue", "");
    }

    static List<Forgery> kinds() {
        return Forgery.kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @Tag("long")
    void aForgedOrBrokenMessageThatIsTheOnlyOneStartsNothing(Forgery kind) {
        PowerBench b = besideARogue();
        startsNothing(b, kind);

        ends(b, List.of());
        broker.retain("rogue", "");
    }

    private PowerBench besideARogue() {
        PowerBench b = opened(new PowerBench(
                folder,
                POLICY,
                ups(
                        Optional.of(PowerBench.source(broker.address(), Ups.Format.JSON, "rogue", Map.of())),
                        Optional.of(server())),
                time,
                Optional.empty()));
        heard(b, "OL", 100);
        assertThat(b.watch.reading(PowerBench.UPS).source()).isEqualTo(Reading.DIRECT);
        return b;
    }

    private void startsNothing(PowerBench b, Forgery kind) {
        for (List<String> options : List.of(List.<String>of(), List.of("-r"))) {
            long before = broker.acknowledged("ridethrough-");
            List<String> all =
                    Stream.concat(options.stream(), kind.options().stream()).toList();
            broker.publish("rogue", kind.payload(), all.toArray(String[]::new));
            Until.holds(() -> broker.acknowledged("ridethrough-") > before, PATIENCE, () -> kind + " is taken");
            FIGURES.forged(kind);
            passes(b, OUTLASTS_ITS_RETURN);
            assertThat(b.begun("Shutdown")).as("%s: %s", kind, told(b)).isZero();
        }
    }

    private void plays(PowerBench b, Cut cut) {
        for (Cut.Word word : cut.words()) {
            nut.says("ups", word.status(), word.charge(), word.runtime());
            heard(b, word.status(), word.charge());
            leaps(b, APART);
            heardTwice(b);
            passes(b, word.lasts().minus(APART));
        }
    }

    /** An outage of which one word was heard, and not a second one later, is waited for longer than the holds here. */
    private static void heardTwice(PowerBench b) {
        Until.holds(
                () -> !b.watch.report(Plans.SITE).contains("; 1 witness; "),
                PATIENCE,
                () -> b.watch.report(Plans.SITE) + "; " + told(b));
    }

    /** That, and nothing more for as long as anything could still be waited for. */
    private void ends(PowerBench b, List<String> commands) {
        passes(b, Duration.ofMinutes(10));
        long shutdowns = commands.stream().filter(Cut.DOWN.get(0)::equals).count();
        long startups = commands.stream().filter(Cut.UP.get(1)::equals).count();
        FIGURES.scenario(b, shutdowns, startups);

        assertThat(b.world.commands()).as(told(b)).isEqualTo(commands);
        assertThat(b.begun("Shutdown")).as(told(b)).isEqualTo(shutdowns);
        assertThat(b.begun("Startup")).as(told(b)).isEqualTo(startups);
    }

    /** Lets time pass while the UPS is heard, and what that calls for end. */
    private void passes(PowerBench b, Duration lasts) {
        Until.holds(() -> b.watch.silent(PowerBench.UPS).isEmpty(), PATIENCE, () -> "it is heard; " + told(b));
        leaps(b, lasts);
        Until.holds(b::rests, PATIENCE, () -> "its runs end; " + told(b));
    }

    private void leaps(PowerBench b, Duration lasts) {
        time.pass(lasts);
        b.tick();
    }

    private static void restartTheServer() {
        nut.killServer();
        nut.startServer();
    }

    private PowerBench direct() {
        PowerBench b = opened(
                new PowerBench(folder, POLICY, ups(Optional.empty(), Optional.of(server())), time, Optional.empty()));
        heard(b, "OL", 100);
        return b;
    }

    private PowerBench onTheMachinesClock(Duration hold) {
        PowerBench b = opened(new PowerBench(
                folder,
                hold,
                ups(Optional.empty(), Optional.of(server())),
                new SecretFiles(folder.resolve("secrets"))));
        heard(b, "OL", 100);
        return b;
    }

    private PowerBench json(Power.Policy policy, String topic) {
        Ups.MqttSource source = PowerBench.source(broker.address(), Ups.Format.JSON, topic, Map.of());
        return opened(
                new PowerBench(folder, policy, ups(Optional.of(source), Optional.empty()), time, Optional.empty()));
    }

    private PowerBench bridged(String name, Optional<Ups.NutSource> direct) {
        Ups.MqttSource source = PowerBench.source(
                broker.address(),
                Ups.Format.VARIABLES,
                "ups/" + name + "/{variable}",
                Map.of("status", "ups.status", "charge", "battery.charge", "runtime", "battery.runtime"));
        return opened(new PowerBench(folder, POLICY, ups(Optional.of(source), direct), time, Optional.empty()));
    }

    private PowerBench opened(PowerBench made) {
        bench = made;
        made.arm();
        Until.holds(made::subscribed, PATIENCE, () -> "subscribed");
        return made;
    }

    private static Ups ups(Optional<Ups.MqttSource> mqtt, Optional<Ups.NutSource> direct) {
        return new Ups(PowerBench.UPS, "a UPS", mqtt, direct, Duration.ofMinutes(20));
    }

    private static Ups.NutSource server() {
        return new Ups.NutSource(
                "127.0.0.1", nut.port(), "ups", Optional.empty(), Duration.ofMillis(100), Optional.empty());
    }

    private static Power.Policy policy(Duration hold) {
        return new Power.Policy(
                hold,
                hold.multipliedBy(5),
                20,
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Power.OnReturn.TURN_AROUND,
                Power.Start.AFTER_HOLD,
                Duration.ofMinutes(45));
    }

    private static void hears(PowerBench b, String status, int charge) {
        nut.says("ups", status, charge, Duration.ofMinutes(charge));
        heard(b, status, charge);
    }

    /** All of it: over a broker each variable comes by itself. */
    private static void heard(PowerBench b, String status, int charge) {
        Until.holds(
                () -> b.watch.reading(PowerBench.UPS).charge().equals(OptionalInt.of(charge))
                        && Stream.of(status.split(" ")).allMatch(token -> reads(b, token)),
                PATIENCE,
                () -> status + " and a charge of " + charge + " are heard; " + told(b));
    }

    private static boolean reads(PowerBench b, String token) {
        return b.watch.reading(PowerBench.UPS).status().has(token);
    }

    private static String told(PowerBench b) {
        return "decided " + b.decisions() + ", done " + b.world.commands();
    }
}
