package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Ups;
import io.ridethrough.realparts.Mosquitto;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Plans;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Endpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker with a password file, and what becomes of a login that is right, wrong or missing. */
class BrokerAccessTest {
    private static final String RIGHT = "ups:s3cret:with:colons";
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private final AtomicReference<String> secret = new AtomicReference<>("");
    private Mosquitto broker;
    private @Nullable PowerBench bench;

    @BeforeEach
    void startABrokerThatWantsALogin() {
        broker = new Mosquitto(folder).demands("ups", "s3cret:with:colons").start();
    }

    @AfterEach
    void stopAll() {
        if (bench != null) {
            bench.close();
        }
        broker.close();
    }

    @Test
    void hearsABrokerThatWantsALoginAndShowsTheLoginNowhere() {
        secret.set(RIGHT);
        PowerBench b = open();
        Until.holds(b::subscribed);
        b.arm();
        broker.publish("ups", "{\"ups.status\":\"OB\"}");

        Until.holds(() -> b.world.commands().contains("POWER_OFF attic/node"));
        assertThat(b.engine.context().getEndpoints().stream().map(Endpoint::getEndpointUri))
                .noneMatch(uri -> uri.contains("s3cret"));
        assertThat(b.engine.context().getRoute("power-attic-ups-0").getProperties())
                .allSatisfy((key, value) -> assertThat(String.valueOf(value)).doesNotContain("s3cret"));
    }

    @Test
    void saysThatALoginIsRefusedAndDoesNotHammerTheBroker() {
        secret.set("ups:wrong");
        PowerBench b = open();

        Until.holds(
                () -> b.watch.report(Plans.SITE).contains("the broker refuses the login of the secret \"mqtt/attic\""));
        b.arm();
        assertThat(b.said("refuses the login")).isTrue();
        assertThat(b.watch.report(Plans.SITE)).doesNotContain("wrong");
        // When several more looks have passed, then there was no second attempt
        Until.holds(() -> looks() > 6, Duration.ofSeconds(10), () -> "six looks");
        assertThat(broker.log().split("not authori[sz]ed", -1)).hasSize(2);

        secret.set(RIGHT);
        Until.holds(b::subscribed);
        broker.publish("ups", "{\"ups.status\":\"OB\"}");
        Until.holds(() -> b.world.commands().contains("POWER_OFF attic/node"));
    }

    @Test
    void saysThatASecretIsMissingOrNoLogin() {
        PowerBench b = open();
        Until.holds(() -> b.watch.report(Plans.SITE).contains("the secret \"mqtt/attic\" is missing"));

        secret.set("no colon");
        Until.holds(() -> b.watch.report(Plans.SITE).contains("is not \"user:password\" on one line"));
        assertThat(b.watch.report(Plans.SITE)).doesNotContain("no colon");
    }

    @Test
    void saysThatTheContractNamesNoSecret() {
        bench = new PowerBench(folder, SHORT, PowerBench.source(broker.address(), Ups.Format.JSON, "ups", Map.of()));
        PowerBench b = bench;

        Until.holds(() -> b.watch.report(Plans.SITE).contains("the contract names no secret"));
    }

    private final AtomicInteger asked = new AtomicInteger();

    private int looks() {
        return asked.get();
    }

    private PowerBench open() {
        Ups.MqttSource source = PowerBench.withSecret(
                PowerBench.source(broker.address(), Ups.Format.JSON, "ups", Map.of()), "mqtt/attic");
        PowerBench b = new PowerBench(folder, SHORT, source, this::read);
        bench = b;
        return b;
    }

    private Secret read(String name) throws Secrets.UnusableSecretException {
        asked.incrementAndGet();
        String now = String.valueOf(secret.get());
        if (now.isEmpty()) {
            throw new Secrets.UnusableSecretException("the secret \"" + name + "\" is missing");
        }
        return new Secret(now.getBytes(StandardCharsets.UTF_8));
    }
}
