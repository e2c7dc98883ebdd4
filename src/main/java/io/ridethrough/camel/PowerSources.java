package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Ups;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.nut.NutClient;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.tls.Pins;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the declared sources of readings really are; the lab has its own.
 *
 * @param broker the address of a declared broker
 * @param speed how many times faster than the real world the sources run; 1 in service
 */
public record PowerSources(
        Function<Ups.MqttSource, String> broker, Wiring wiring, Secrets secrets, Pins pins, double speed) {
    /** A client of the NUT server that tells of this UPS; with TLS where its certificate is declared. */
    public NutClient client(AssetId ups, Ups.NutSource source) {
        Optional<Pin> pin = source.tls().isPresent() ? pins.pin(ups) : Optional.empty();
        return new NutClient(wiring, secrets, source, pin);
    }

    /** How often a NUT server is asked, in milliseconds of the machine's clock. */
    long millis(Ups.NutSource source) {
        return Math.max(20, (long) (source.every().toMillis() / speed));
    }
}
