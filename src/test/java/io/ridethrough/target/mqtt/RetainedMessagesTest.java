package io.ridethrough.target.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.realparts.Certificates;
import io.ridethrough.realparts.Mosquitto;
import io.ridethrough.target.LoginPauses;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Wiring;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real mosquitto. */
class RetainedMessagesTest {
    private static final Duration QUIET = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    @Test
    void whatIsKeptIsToldAndATopicThatKeepsNothingIsLeftOut() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).start()) {
            broker.retain("z/bridge/state", "{\"state\":\"online\"}");
            broker.publish("z/lamp", "on");

            assertThat(asked(broker, "user:secret", "z/bridge/state", "z/lamp"))
                    .isEqualTo(new RetainedMessages.Kept(Map.of("z/bridge/state", "{\"state\":\"online\"}")));
        }
    }

    @Test
    void aBrokerThatIsAwayOrRefusesTheLoginTellsNothing() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).demands("user", "secret").start()) {
            broker.retain("z/bridge/state", "online");

            assertThat(asked(broker, "user:secret", "z/bridge/state"))
                    .isEqualTo(new RetainedMessages.Kept(Map.of("z/bridge/state", "online")));
            assertThat(asked(broker, "user:other", "z/bridge/state")).isInstanceOf(RetainedMessages.Unreachable.class);
            broker.stop();
            assertThat(asked(broker, "user:secret", "z/bridge/state")).isInstanceOf(RetainedMessages.Unreachable.class);
        }
    }

    /** R25: whatever asks, and however often. */
    @Test
    void aRefusedLoginIsShownOnceUntilItsPauseIsOverOrItIsReplaced() throws Exception {
        AtomicLong now = new AtomicLong();
        AtomicReference<String> login = new AtomicReference<>("user:other");
        BrokerAccess access = new BrokerAccess(
                name -> Secret.of(Objects.requireNonNull(login.get())),
                target -> Optional.empty(),
                new LoginPauses(now::get, 1));
        try (Mosquitto broker = new Mosquitto(folder).demands("user", "secret").start()) {
            for (int i = 0; i < 5; i++) {
                assertThat(asked(access, plain(broker)))
                        .isInstanceOfSatisfying(RetainedMessages.Unreachable.class, none -> assertThat(none.why())
                                .contains("refuses the login of the secret \"mqtt/x\"", "not shown again")
                                .doesNotContain("other"));
            }
            assertThat(broker.refusals()).isEqualTo(1);

            now.addAndGet(Duration.ofMinutes(1).toNanos());
            for (int i = 0; i < 5; i++) {
                asked(access, plain(broker));
            }
            assertThat(broker.refusals()).isEqualTo(2);

            login.set("user:secret");
            assertThat(asked(access, plain(broker))).isEqualTo(new RetainedMessages.Kept(Map.of()));
        }
    }

    @Test
    void whatIsKeptIsToldOverTlsOnEitherPin() throws Exception {
        Certificates authority = new Certificates(folder.resolve("authority"));
        Certificates.Issued shown = authority.issue("IP:127.0.0.1");
        try (Mosquitto broker = new Mosquitto(folder)
                .demands("user", "secret")
                .shows(shown, authority.authority())
                .start()) {
            broker.retain("z/bridge/state", "online");

            assertThat(asked(access("user:secret"), pinned(broker, byAuthority(authority))))
                    .isEqualTo(new RetainedMessages.Kept(Map.of("z/bridge/state", "online")));
            assertThat(asked(access("user:secret"), pinned(broker, byFingerprint(shown.fingerprint()))))
                    .isEqualTo(new RetainedMessages.Kept(Map.of("z/bridge/state", "online")));
        }
    }

    @Test
    void aBrokerThatDoesNotShowWhatIsPinnedIsToldNothing() throws Exception {
        Certificates authority = new Certificates(folder.resolve("authority"));
        Certificates other = new Certificates(folder.resolve("other"));
        String strange = other.issue("IP:127.0.0.1").fingerprint();
        try (Mosquitto broker = new Mosquitto(folder)
                .demands("user", "secret")
                .shows(authority.issue("DNS:broker.example"), authority.authority())
                .start()) {
            for (BrokerAccess.Broker declared : List.of(
                    pinned(broker, byAuthority(other)),
                    pinned(broker, byAuthority(authority)),
                    pinned(broker, byFingerprint(strange)))) {
                assertThat(asked(access("user:secret"), declared))
                        .isInstanceOfSatisfying(RetainedMessages.Unreachable.class, none -> assertThat(none.why())
                                .contains("does not show the certificate that is pinned"));
            }
            assertThat(asked(access("user:secret"), plain(broker)))
                    .isInstanceOfSatisfying(RetainedMessages.Unreachable.class, none -> assertThat(none.why())
                            .contains("no certificate is pinned for the broker", "declare tls beside it"));
            assertThat(broker.wasLoggedInTo()).isFalse();

            broker.retain("z/bridge/state", "online");
            assertThat(broker.wasLoggedInTo()).as("by who may").isTrue();
        }
    }

    private static Optional<ApiAccess.Tls> byAuthority(Certificates authority) {
        return Optional.of(new ApiAccess.Tls(Optional.of(authority.pem()), Optional.empty()));
    }

    private static Optional<ApiAccess.Tls> byFingerprint(String fingerprint) {
        return Optional.of(new ApiAccess.Tls(Optional.empty(), Optional.of(fingerprint)));
    }

    private static BrokerAccess.Broker pinned(Mosquitto broker, Optional<ApiAccess.Tls> tls) {
        return new BrokerAccess.Broker(broker.address(), Optional.of("mqtt/x"), tls);
    }

    private static BrokerAccess.Broker plain(Mosquitto broker) {
        return pinned(broker, Optional.empty());
    }

    private static BrokerAccess access(String login) {
        return new BrokerAccess(
                name -> Secret.of(login), target -> Optional.empty(), new LoginPauses(System::nanoTime, 1));
    }

    private static RetainedMessages.Answer asked(Mosquitto broker, String login, String... topics) throws Exception {
        return asked(access(login), plain(broker), topics);
    }

    private static RetainedMessages.Answer asked(BrokerAccess access, BrokerAccess.Broker broker, String... topics)
            throws Exception {
        Set<String> all = topics.length == 0 ? Set.of("z/bridge/state") : Set.of(topics);
        return new RetainedMessages(Wiring.direct(), access, work -> new Thread(work).start())
                .of(broker, all, QUIET)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }
}
