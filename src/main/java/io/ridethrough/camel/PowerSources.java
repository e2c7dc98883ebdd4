package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Ups;
import io.ridethrough.target.LoginPauses;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.mqtt.BrokerAccess;
import io.ridethrough.target.nut.NutClient;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.tls.Pins;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Where the declared sources of readings really are, and the logins to them; the lab has its own. Thread-safe. */
public final class PowerSources {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Function<Ups.MqttSource, String> addresses;
    private final NutClient.Reach nuts;
    private final Pins pins;
    private final double speed;
    private final BrokerAccess brokers;

    /**
     * @param addresses the address of a declared broker
     * @param speed how many times faster than the real world the sources run; 1 in service
     */
    public PowerSources(
            Function<Ups.MqttSource, String> addresses, Wiring wiring, Secrets secrets, Pins pins, double speed) {
        this.addresses = addresses;
        this.nuts = new NutClient.Reach(wiring, secrets, new LoginPauses(System::nanoTime, speed));
        this.pins = pins;
        this.speed = speed;
        this.brokers = new BrokerAccess(secrets, pins, new LoginPauses(System::nanoTime, speed));
    }

    /** Where that broker really is. */
    String address(Ups.MqttSource source) {
        return addresses.apply(source);
    }

    /** How connections to brokers begin: one for all, so that all know what was refused. */
    public BrokerAccess brokers() {
        return brokers;
    }

    /** A client of the NUT server that tells of this UPS; with TLS where its certificate is declared. */
    public NutClient client(AssetId ups, Ups.NutSource source) {
        Optional<Pin> pin = source.tls().isPresent() ? pins.pin(ups) : Optional.empty();
        return new NutClient(nuts, source, pin);
    }

    /** A period of asking, in milliseconds of the machine's clock. */
    long millis(Duration every) {
        return Math.max(20, (long) (every.toMillis() / speed));
    }

    /** How long an answer of Home Assistant is waited for, by the machine's clock. */
    Duration patience() {
        return Duration.ofMillis(Math.max(1_000, millis(PATIENCE)));
    }
}
