package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.Ups;
import io.ridethrough.realparts.Certificates;
import io.ridethrough.realparts.Mosquitto;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Plans;
import io.ridethrough.target.Secret;
import io.ridethrough.target.mqtt.BrokerAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker that speaks TLS and wants a login: whom it must be before it is told one. */
class BrokerTlsTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private Certificates authority;
    private Certificates.Issued shown;
    private Mosquitto broker;
    private @Nullable PowerBench bench;

    @BeforeEach
    void makeCertificates() {
        authority = new Certificates(folder.resolve("authority"));
        shown = authority.issue("IP:127.0.0.1");
        broker = new Mosquitto(folder).demands("ups", "s3cret");
    }

    @AfterEach
    void stopAll() {
        if (bench != null) {
            bench.close();
        }
        broker.close();
    }

    @Test
    void hearsTheUpsWhereTheBrokersAuthorityIsPinned() {
        broker.shows(shown, authority.authority()).start();

        hears(open(Optional.of(byAuthority(authority))));
    }

    @Test
    void hearsTheUpsWhereTheBrokersOwnCertificateIsPinned() {
        broker.shows(shown, authority.authority()).start();

        hears(open(Optional.of(byFingerprint(shown))));
    }

    @Test
    void keepsWhatIsRetainedThereOverTls() throws Exception {
        broker.shows(shown, authority.authority()).start();
        BrokerTopic topic = new BrokerTopic(
                "attic",
                broker.address(),
                "ours/receipts",
                BrokerAccess.Broker.of(source(Optional.of(byAuthority(authority)))),
                PowerBench.sources(name -> Secret.of("ups:s3cret")).brokers());

        topic.retain("head");

        assertThat(topic.retained()).contains("head");
    }

    @Test
    void tellsNoLoginToABrokerOfAnotherAuthority() {
        broker.shows(shown, authority.authority()).start();

        isLost(
                open(Optional.of(byAuthority(new Certificates(folder.resolve("other"))))),
                "the broker does not show the certificate that is pinned for it: ");
    }

    @Test
    void tellsNoLoginToABrokerWithAnotherCertificate() {
        broker.shows(shown, authority.authority()).start();

        isLost(
                open(Optional.of(byFingerprint(authority.issue("DNS:other.example")))),
                "the broker does not show the certificate that is pinned for it: ");
    }

    @Test
    void tellsNoLoginToABrokerWhoseCertificateIsForAnotherName() {
        broker.shows(authority.issue("DNS:other.example"), authority.authority())
                .start();

        isLost(
                open(Optional.of(byAuthority(authority))),
                "the broker does not show the certificate that is pinned for it: ");
    }

    @Test
    void tellsNoLoginWhereNothingIsPinnedAndSaysWhatToDo() {
        broker.shows(shown, authority.authority()).start();

        isLost(open(Optional.empty()), "no certificate is pinned for the broker " + broker.address());
    }

    private void hears(PowerBench b) {
        Until.holds(b::subscribed);
        b.arm();
        broker.publish("ups", "{\"ups.status\":\"OB\"}");

        Until.holds(() -> b.world.commands().contains("POWER_OFF attic/node"));
    }

    private void isLost(PowerBench b, String why) {
        Until.holds(() -> b.watch.report(Plans.SITE).contains(why));
        assertThat(b.subscribed()).isFalse();
        assertThat(broker.wasLoggedInTo()).as(broker::log).isFalse();
    }

    private static ApiAccess.Tls byAuthority(Certificates pinned) {
        return new ApiAccess.Tls(Optional.of(pinned.pem()), Optional.empty());
    }

    private static ApiAccess.Tls byFingerprint(Certificates.Issued pinned) {
        return new ApiAccess.Tls(Optional.empty(), Optional.of(pinned.fingerprint()));
    }

    private PowerBench open(Optional<ApiAccess.Tls> tls) {
        PowerBench b = new PowerBench(folder, SHORT, source(tls), name -> Secret.of("ups:s3cret"));
        bench = b;
        return b;
    }

    private Ups.MqttSource source(Optional<ApiAccess.Tls> tls) {
        Ups.MqttSource plain = PowerBench.source(broker.address(), Ups.Format.JSON, "ups", Map.of());
        return new Ups.MqttSource(
                plain.broker(),
                Optional.of("mqtt/attic"),
                plain.format(),
                plain.topic(),
                plain.variables(),
                plain.words(),
                plain.runtimeUnit(),
                plain.every(),
                plain.receipts(),
                plain.escalations(),
                tls);
    }
}
