package io.ridethrough.contract;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A UPS and where its readings come from: its NUT server, a bridge that is a broker or Home Assistant, or both.
 *
 * @param home how Home Assistant tells of it, where no broker does
 * @param runtime how long its battery carries its load by declaration
 * @param cutOff how long after it was told it cuts its load, until mains return; absent when it never does (R35)
 */
public record Ups(
        AssetId id,
        String title,
        Optional<MqttSource> mqtt,
        Optional<NutSource> nut,
        Optional<HomeSource> home,
        Duration runtime,
        Optional<Duration> cutOff) {
    public Ups {
        if (mqtt.isEmpty() && nut.isEmpty() && home.isEmpty()) {
            throw new IllegalArgumentException(id + " has no source of readings");
        }
        if (mqtt.isPresent() && home.isPresent()) {
            throw new IllegalArgumentException(id + " has two bridges");
        }
    }

    /** A UPS that a broker alone tells of. */
    public Ups(AssetId id, String title, MqttSource mqtt, Duration runtime) {
        this(id, title, Optional.of(mqtt), Optional.empty(), runtime);
    }

    /** A UPS that never cuts its load. */
    public Ups(AssetId id, String title, Optional<MqttSource> mqtt, Optional<NutSource> nut, Duration runtime) {
        this(id, title, mqtt, nut, Optional.empty(), runtime, Optional.empty());
    }

    /**
     * A NUT server that tells of this UPS (protocols 6).
     *
     * @param name what that server calls it
     * @param secret the name of the secret {@code user:password}, if it is to be logged in to
     * @param every how often it is asked
     * @param tls what its certificate must be; absent to speak without TLS
     */
    public record NutSource(
            String host, int port, String name, Optional<String> secret, Duration every, Optional<ApiAccess.Tls> tls) {}

    /**
     * The entities by which a Home Assistant shows this UPS.
     *
     * @param guest what it runs in
     * @param entities our names ({@code status charge runtime load}) to ids of entities
     * @param words its status words to NUT's tokens, as for a broker
     * @param runtimeUnit the unit of {@code runtime}: one second or one minute
     * @param every how often it is asked
     */
    public record HomeSource(
            AssetId guest,
            Map<String, String> entities,
            Map<String, String> words,
            Duration runtimeUnit,
            Duration every) {
        public HomeSource {
            entities = Map.copyOf(entities);
            words = Map.copyOf(words);
        }
    }

    /**
     * How a bridge publishes this UPS.
     *
     * @param broker for example {@code tcp://127.0.0.1:1883}
     * @param secret the name of the secret {@code user:password}, if the broker wants one
     * @param topic an MQTT topic; for {@link Format#VARIABLES} it holds {@code {variable}} once
     * @param variables our names ({@code status charge runtime load}) to the bridge's; absent ones are not published
     * @param words the bridge's status words to NUT's tokens, for example {@code on battery -> OB}; others pass as they are
     * @param runtimeUnit the unit of {@code runtime}: one second or one minute
     * @param every the period of a periodic source; empty when it publishes on change, whose silence is no loss (R3)
     * @param receipts the topic on which this broker retains the newest receipt's head for us, if it is to
     * @param escalations the topic on which it retains what was escalated at the site, if it is to
     * @param tls what its certificate must be, where its address is {@code ssl://}: without it, it is not connected to
     */
    public record MqttSource(
            String broker,
            Optional<String> secret,
            Format format,
            String topic,
            Map<String, String> variables,
            Map<String, String> words,
            Duration runtimeUnit,
            Optional<Duration> every,
            Optional<String> receipts,
            Optional<String> escalations,
            Optional<ApiAccess.Tls> tls) {
        public MqttSource {
            variables = Map.copyOf(variables);
            words = Map.copyOf(words);
        }

        /** One whose broker retains nothing for us, and speaks without TLS. */
        public MqttSource(
                String broker,
                Optional<String> secret,
                Format format,
                String topic,
                Map<String, String> variables,
                Map<String, String> words,
                Duration runtimeUnit,
                Optional<Duration> every) {
            this(
                    broker,
                    secret,
                    format,
                    topic,
                    variables,
                    words,
                    runtimeUnit,
                    every,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** The shapes in which bridges publish (protocols: NUT bridges, Home Assistant). */
    public enum Format {
        /** One topic a variable, the value as text. */
        VARIABLES,
        /** One topic, a JSON object of variables. */
        JSON,
        /** Home Assistant's statestream: {@code <base>/<domain>/<object>/state}, one topic a variable. */
        STATESTREAM,
        /** Home Assistant's eventstream: one topic of {@code state_changed} events; variables are entity ids. */
        EVENTSTREAM
    }
}
