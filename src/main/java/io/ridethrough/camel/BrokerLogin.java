package io.ridethrough.camel;

import io.ridethrough.contract.Ups;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Secrets.UnusableSecretException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Configuration;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * The login of one subscription at its broker. The secret is read anew for every attempt, is never part of an address
 * and is forgotten after the attempt. A refused one is not tried again soon, lest it be locked out (R25), but at once
 * when the secret says something else. Not thread-safe.
 */
final class BrokerLogin {
    /** MQTT 5, 3.2.2.2: bad user name or password; not authorized. */
    private static final Set<Integer> REFUSALS = Set.of(0x86, 0x87);
    /** Counted in looks, two a second: 30 s, then twice as long each time, up to 5 min. */
    private static final int FIRST_PAUSE = 60;

    private static final int LONGEST_PAUSE = 600;

    private final Secrets secrets;
    private final Optional<String> name;
    private Optional<Secret> refused = Optional.empty();
    private int pause = FIRST_PAUSE;
    private int left;

    BrokerLogin(Secrets secrets, Ups.MqttSource source) {
        this.secrets = secrets;
        this.name = source.secret();
    }

    /** Whether this look may try; to be asked once a look. */
    boolean isDue() {
        if (left > 0) {
            left--;
        }
        return left == 0 || saysSomethingElse();
    }

    /** Gives the login to a connection that is about to be made. */
    void into(PahoMqtt5Configuration connection) throws UnusableSecretException {
        if (name.isEmpty()) {
            return;
        }
        String text = secrets.secret(name.get()).text();
        int colon = text.indexOf(':');
        if (colon < 1 || text.lines().count() != 1) {
            throw new UnusableSecretException("the secret \"" + name.get() + "\" is not \"user:password\" on one line");
        }
        connection.setUserName(text.substring(0, colon));
        connection.setPassword(text.substring(colon + 1));
    }

    /** The attempt is over: the connection's own options have what they need. */
    static void forget(PahoMqtt5Configuration connection) {
        connection.setUserName(null);
        connection.setPassword(null);
    }

    void accepted() {
        left = 0;
        pause = FIRST_PAUSE;
        refused = Optional.empty();
    }

    /** If that failure is the broker's refusal of the login, its words for people; the next attempt is put off then. */
    Optional<String> refusal(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MqttException mqtt && REFUSALS.contains(mqtt.getReasonCode())) {
                left = pause;
                pause = Math.min(2 * pause, LONGEST_PAUSE);
                refused = read();
                return Optional.of(name.map(secret -> "the broker refuses the login of the secret \"" + secret + "\"")
                        .orElse("the broker wants a login, and the contract names no secret"));
            }
        }
        return Optional.empty();
    }

    private boolean saysSomethingElse() {
        Optional<Secret> now = read();
        return now.isPresent()
                && refused.isPresent()
                && !Arrays.equals(now.get().bytes(), refused.get().bytes());
    }

    private Optional<Secret> read() {
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(secrets.secret(name.get()));
        } catch (UnusableSecretException unusable) {
            return Optional.empty();
        }
    }
}
