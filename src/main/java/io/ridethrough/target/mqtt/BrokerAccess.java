package io.ridethrough.target.mqtt;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.HomeHealth;
import io.ridethrough.contract.Ups;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.target.LoginPauses;
import io.ridethrough.target.Said;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.tls.PinnedTls;
import io.ridethrough.target.tls.Pins;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * How every connection of ours to a broker begins. A broker that is declared with {@code ssl://} is told nothing before
 * it has shown the certificate that is pinned for it. Its login is read anew each time; one that it refused is not shown
 * again for a while ({@link LoginPauses}), and one connection at a time shows it, so that a refusal is known before the
 * next. Thread-safe.
 */
public final class BrokerAccess {
    /** MQTT 5, 3.2.2.2: bad user name or password; not authorized. */
    private static final Set<Integer> REFUSALS = Set.of(0x86, 0x87);

    private static final String TLS = "ssl";

    private final Secrets secrets;
    private final Pins pins;
    private final LoginPauses pauses;
    private final Map<String, Lock> turns = new ConcurrentHashMap<>();

    /** @param pauses shared with nobody who logs in to brokers by other means */
    public BrokerAccess(Secrets secrets, Pins pins, LoginPauses pauses) {
        this.secrets = secrets;
        this.pins = pins;
        this.pauses = pauses;
    }

    /**
     * A broker as it is declared.
     *
     * @param uri {@code tcp://} or {@code ssl://}, a host, and a port where it is not the usual one
     * @param secret the name of the secret {@code user:password}, if it wants one
     * @param tls what its certificate must be
     */
    public record Broker(String uri, Optional<String> secret, Optional<ApiAccess.Tls> tls) {
        /** The one that tells of a UPS. */
        public static Broker of(Ups.MqttSource source) {
            return new Broker(source.broker(), source.secret(), source.tls());
        }

        /** The one on which a Zigbee2MQTT publishes. */
        public static Broker of(HomeHealth.Zigbee zigbee) {
            return new Broker(zigbee.broker(), zigbee.secret(), zigbee.tls());
        }

        /** The one over which a smart plug is told. */
        public static Broker of(WakeWay.Plug plug) {
            return new Broker(plug.broker(), plug.secret(), plug.tls());
        }

        /** Whether it speaks TLS. */
        public boolean isSecure() {
            return uri.startsWith(TLS + ":");
        }

        /** As declared. */
        public String host() {
            return URI.create(uri).getHost();
        }

        /** As declared, or the usual one (MQTT 5, 4.2). */
        public int port() {
            int declared = URI.create(uri).getPort();
            return declared > 0 ? declared : isSecure() ? 8883 : 1883;
        }

        /** Where it really is. */
        String address(Wiring wiring) {
            InetSocketAddress to = wiring.tcp(host(), port());
            return (isSecure() ? "ssl://" : "tcp://") + to.getHostString() + ":" + to.getPort();
        }
    }

    /** Makes a connection by these options; what it throws tells why there is none. */
    @FunctionalInterface
    public interface Connecting {
        void by(MqttConnectionOptions options) throws Exception;
    }

    /** It is not connected to until a person has seen to it, or for a while; the message says why and what to do. */
    public static final class NoAccessException extends Exception {
        private static final long serialVersionUID = 1L;

        NoAccessException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Connects to that broker, unless that must not be tried now.
     *
     * @param patience for the connection, and for others that are being made to the same broker
     * @throws NoAccessException when its login or its certificate are not what they must be
     * @throws Exception what {@code connecting} throws otherwise
     */
    public void connect(Broker broker, Duration patience, Connecting connecting) throws Exception {
        Secret login = login(broker);
        MqttConnectionOptions options = options(broker, login, patience);
        String place = broker.uri() + " " + broker.secret().orElse("");
        Lock turn = turns.computeIfAbsent(place, any -> new ReentrantLock());
        if (!turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("another connection to the broker is still being made");
        }
        try {
            Optional<String> barred = pauses.bars(place, login);
            if (barred.isPresent()) {
                throw new NoAccessException(barred.get(), null);
            }
            connecting.by(options);
            pauses.accepted(place);
        } catch (Exception failed) {
            if (refuses(failed)) {
                pauses.refused(place, login, refusal(broker));
                throw new NoAccessException(pauses.bars(place, login).orElse(refusal(broker)), failed);
            }
            throw stranger(failed)
                    .<Exception>map(why -> new NoAccessException(
                            "the broker does not show the certificate that is pinned for it: " + why, failed))
                    .orElse(failed);
        } finally {
            turn.unlock();
        }
    }

    private Secret login(Broker broker) throws NoAccessException {
        if (broker.secret().isEmpty()) {
            return Secret.of("");
        }
        String name = broker.secret().get();
        try {
            Secret login = secrets.secret(name);
            if (login.text().indexOf(':') < 1 || login.text().lines().count() != 1) {
                throw new NoAccessException("the secret \"" + name + "\" is not \"user:password\" on one line", null);
            }
            return login;
        } catch (Secrets.UnusableSecretException unusable) {
            throw new NoAccessException(String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private MqttConnectionOptions options(Broker broker, Secret login, Duration patience) throws NoAccessException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout((int) Math.max(1, patience.toSeconds()));
        int colon = login.text().indexOf(':');
        if (colon > 0) {
            options.setUserName(login.text().substring(0, colon));
            options.setPassword(login.text().substring(colon + 1).getBytes(StandardCharsets.UTF_8));
        }
        if (broker.isSecure()) {
            Pin pin = pin(broker);
            options.setSocketFactory(PinnedTls.context(pin).getSocketFactory());
            // By the declared name, wherever it is dialled.
            options.setHttpsHostnameVerificationEnabled(false);
            if (PinnedTls.checksNames(pin)) {
                DefaultHostnameVerifier names = new DefaultHostnameVerifier();
                options.setSSLHostnameVerifier((dialled, session) -> names.verify(broker.host(), session));
            }
        }
        return options;
    }

    private Pin pin(Broker broker) throws NoAccessException {
        if (broker.tls().isEmpty()) {
            throw new NoAccessException(
                    "no certificate is pinned for the broker " + broker.uri()
                            + ", so it is told nothing: declare tls beside it, its authority or its fingerprint",
                    null);
        }
        try {
            return pins.declared(broker.tls().get());
        } catch (IllegalArgumentException e) {
            throw new NoAccessException("what is pinned for the broker " + broker.uri() + ": " + e.getMessage(), e);
        }
    }

    private static String refusal(Broker broker) {
        return broker.secret()
                .map(secret -> "the broker refuses the login of the secret \"" + secret + "\"")
                .orElse("the broker wants a login, and the contract names no secret");
    }

    private static boolean refuses(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof MqttException mqtt && REFUSALS.contains(mqtt.getReasonCode())) {
                return true;
            }
        }
        return false;
    }

    /** Why its certificate does not do, when that is what failed. */
    private static Optional<String> stranger(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException tls) {
                return Optional.of(Said.line(String.valueOf(tls.getMessage())));
            }
        }
        return Optional.empty();
    }
}
