package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Ups;
import io.ridethrough.power.Reading;
import io.ridethrough.realparts.Mosquitto;
import io.ridethrough.realparts.NutServer;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.SecretFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What NUT's own server says when asked, alone and beside a broker, and what becomes of it. */
class PowerOverNutTest {
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private NutServer nut;
    private @Nullable Mosquitto broker;
    private @Nullable PowerBench bench;

    @BeforeEach
    void startNut() {
        nut = NutServer.start(folder.resolve("nut"), "ups");
    }

    @AfterEach
    void stopAll() {
        if (bench != null) {
            bench.close();
        }
        if (broker != null) {
            broker.close();
        }
        nut.close();
    }

    @Test
    void anOutageTakesAnArmedSiteDownAndPowerBackStartsIt() {
        PowerBench b = armed(SHORT, Optional.empty());
        nut.says("ups", "OB DISCHRG", 90);
        Until.holds(() -> b.world.commands().contains("POWER_OFF attic/node"));
        nut.says("ups", "OL CHRG", 90);
        Until.holds(() -> b.world.commands().contains("START attic/app"));

        assertThat(b.world.commands())
                .containsExactly("SHUT_DOWN attic/app", "POWER_OFF attic/node", "WAKE attic/node", "START attic/app");
    }

    @Test
    void itsWordAloneBeginsAShutdownWhereTheContractWaitsForNothing() {
        PowerBench b = armed(Duration.ZERO, Optional.empty());
        nut.says("ups", "OB DISCHRG", 90);
        Until.holds(() -> b.world.commands().contains("POWER_OFF attic/node"));

        assertThat(b.said("BeginShutdown")).isTrue();
    }

    @Test
    void aServerRestartedInMidOutageLosesNothingAndHastensNothing() {
        PowerBench b = armed(LONG, Optional.empty());
        nut.says("ups", "OB DISCHRG", 90);
        Until.holds(() -> b.said("Holding"));
        nut.killServer();
        Until.holds(() -> b.said("its NUT server is silent"));
        nut.startServer();
        nut.says("ups", "OL", 90);
        Until.holds(() -> b.said("mains is back"), Duration.ofSeconds(40), () -> "");

        assertThat(b.world.commands()).isEmpty();
    }

    @Test
    void aDriverThatDiesOnMainsIsAnAlarmAndNoOutage() {
        PowerBench b = armed(LONG, Optional.empty());
        Until.holds(() -> b.watch.reading(PowerBench.UPS).source().equals(Reading.DIRECT));
        nut.killDriver("ups");
        Until.holds(() -> b.said("has lost it"), Duration.ofSeconds(40), () -> "");

        assertThat(b.said("BeginShutdown")).isFalse();
        assertThat(b.world.commands()).isEmpty();
    }

    @Test
    void aForgedMessageStartsNothingWhileTheServerSaysMains() {
        broker = new Mosquitto(folder);
        broker.start();
        PowerBench b = armed(Duration.ofMillis(300), Optional.of(broker));
        Until.holds(() -> b.watch.reading(PowerBench.UPS).source().equals(Reading.DIRECT));
        for (int i = 0; i < 20; i++) {
            broker.publish("ups", "{\"ups.status\":\"OB LB FSD\",\"battery.charge\":1}");
        }
        broker.publish("ups", "{\"ups.status\":\"OB\"}");
        nut.says("ups", "OL", 99);
        Until.holds(() -> b.watch.reading(PowerBench.UPS).charge().equals(OptionalInt.of(99)));

        assertThat(b.said("BeginShutdown")).isFalse();
        assertThat(b.world.commands()).isEmpty();
    }

    private PowerBench armed(Duration hold, Optional<Mosquitto> broker) {
        Ups.NutSource server = new Ups.NutSource(
                "127.0.0.1", nut.port(), "ups", Optional.empty(), Duration.ofMillis(500), Optional.empty());
        Ups ups = new Ups(
                PowerBench.UPS,
                "a UPS",
                broker.map(b -> PowerBench.source(b.address(), Ups.Format.JSON, "ups", Map.of())),
                Optional.of(server),
                Duration.ofMinutes(20));
        PowerBench made = new PowerBench(folder, hold, ups, new SecretFiles(folder.resolve("secrets")));
        bench = made;
        made.arm();
        Until.holds(made::subscribed);
        return made;
    }
}
