package io.ridethrough.lab.net;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.jspecify.annotations.Nullable;

/**
 * An embedded MQTT 5 broker on loopback: no persistence, takes any login, no JMX. It can be stopped and started again.
 * Who belongs to the lab speaks to it without TLS, whatever it has for others.
 */
public final class LabBroker implements AutoCloseable {
    /** Of the keys of brokers, which are good for their lab alone. */
    public static final String PASSWORD = "lab";

    private final ReservedPort port = new ReservedPort();
    private final Optional<Secured> secured;
    private @Nullable EmbeddedActiveMQ broker;

    /** The port that speaks TLS, and what it shows there: a PKCS 12 file without anything else in it. */
    private record Secured(ReservedPort port, Path keys) {}

    /** One that is spoken to without TLS by everyone. */
    public LabBroker() {
        secured = Optional.empty();
    }

    /** @param keys what it shows to those who speak TLS with it, a PKCS 12 file whose password is {@link #PASSWORD} */
    public LabBroker(Path keys) {
        secured = Optional.of(new Secured(new ReservedPort(), keys));
    }

    /** Starts it; returns when it accepts connections. */
    public synchronized void start() {
        if (broker != null) {
            return;
        }
        try {
            Configuration configuration = new ConfigurationImpl()
                    .setPersistenceEnabled(false)
                    .setSecurityEnabled(false)
                    .setJMXManagementEnabled(false)
                    .setThreadPoolMaxSize(8)
                    .setScheduledThreadPoolMaxSize(2)
                    .addAcceptorConfiguration(
                            "mqtt",
                            "tcp://127.0.0.1:" + port.port() + "?protocols=MQTT;useEpoll=false;remotingThreads=2")
                    .addAddressSetting("#", new AddressSettings().setAutoDeleteQueues(true));
            if (secured.isPresent()) {
                configuration.addAcceptorConfiguration(
                        "mqtts",
                        "tcp://127.0.0.1:" + secured.get().port().port()
                                + "?protocols=MQTT;useEpoll=false;remotingThreads=2;sslEnabled=true;keyStoreType=PKCS12"
                                + ";keyStorePassword=" + PASSWORD + ";keyStorePath="
                                + secured.get().keys());
            }
            EmbeddedActiveMQ made = new EmbeddedActiveMQ();
            made.setConfiguration(configuration);
            made.start();
            broker = made;
        } catch (Exception e) {
            throw new IllegalStateException("the lab's broker did not start", e);
        }
    }

    /** Stops it, as when its machine fails; retained messages are lost. */
    public synchronized void stop() {
        EmbeddedActiveMQ running = broker;
        broker = null;
        if (running != null) {
            try {
                running.stop();
            } catch (Exception e) {
                throw new IllegalStateException("the lab's broker did not stop", e);
            }
        }
    }

    /** Where those of the lab find it, for example {@code tcp://127.0.0.1:40123}. */
    public String uri() {
        return "tcp://127.0.0.1:" + port.port();
    }

    /** Where everyone else finds it, with TLS where it has that. */
    public String served() {
        return (secured.isPresent() ? "ssl" : "tcp") + "://127.0.0.1:"
                + servedPort().port();
    }

    /** The port of {@link #served}. */
    public ReservedPort servedPort() {
        return secured.map(Secured::port).orElse(port);
    }

    @Override
    public void close() {
        stop();
        port.close();
        secured.ifPresent(own -> own.port().close());
    }
}
