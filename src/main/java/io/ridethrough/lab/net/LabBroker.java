package io.ridethrough.lab.net;

import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.jspecify.annotations.Nullable;

/** An embedded MQTT 5 broker on loopback: no persistence, no security, no JMX. It can be stopped and started again. */
public final class LabBroker implements AutoCloseable {
    private final ReservedPort port = new ReservedPort();
    private @Nullable EmbeddedActiveMQ broker;

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

    /** For example {@code tcp://127.0.0.1:40123}. */
    public String uri() {
        return "tcp://127.0.0.1:" + port.port();
    }

    public ReservedPort port() {
        return port;
    }

    @Override
    public void close() {
        stop();
        port.close();
    }
}
