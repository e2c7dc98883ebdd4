package io.ridethrough.target.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.realparts.Mosquitto;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Wiring;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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

    private static RetainedMessages.Answer asked(Mosquitto broker, String login, String... topics) throws Exception {
        return new RetainedMessages(Wiring.direct(), name -> Secret.of(login), work -> new Thread(work).start())
                .of(new RetainedMessages.Broker(broker.address(), Optional.of("mqtt/x")), Set.of(topics), QUIET)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }
}
