package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.plan.Planner;
import io.ridethrough.realparts.Mosquitto;
import io.ridethrough.run.Escalated;
import io.ridethrough.target.Secret;
import io.ridethrough.target.mqtt.BrokerAccess;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was escalated is retained by a real broker for as long as it stands; a broker that is away holds nothing up. */
class EscalationsTest {
    private static final SiteId HOME = new SiteId("home");

    @TempDir
    Path folder;

    @Test
    void theBrokerRetainsWhatStandsAndAnEmptyListOnceNothingDoes() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).demands("keeper", "word");
                SqliteJournal journal = SqliteJournal.open(folder.resolve("journal"), InstantSource.system())) {
            BrokerTopic topic = new BrokerTopic(
                    "home",
                    broker.address(),
                    "ours/escalations",
                    new BrokerAccess.Broker(broker.address(), Optional.of("mqtt/home"), Optional.empty()),
                    PowerBench.sources(name -> Secret.of("keeper:word")).brokers());
            Escalated escalated = new Escalated(Planner::plan, journal);
            Escalations escalations = new Escalations(escalated::standing);
            escalations.follow(Map.of(topic, HOME));
            startup(journal, "home-1", "attic/dns, tier 1, was not back within 5 min");
            escalations.catchUp();

            broker.start();
            escalations.catchUp();
            escalations.catchUp();
            assertThat(topic.retained())
                    .contains("{\"escalated\":[\"home-1: attic/dns, tier 1, was not back within 5 min\"],"
                            + "\"site\":\"home\"}");

            topic.retain("");
            for (int round = 0; round <= 150; round++) {
                escalations.catchUp();
            }
            assertThat(topic.retained())
                    .as("a broker that forgot is told again")
                    .isPresent();

            startup(journal, "home-2");
            escalations.catchUp();
            assertThat(topic.retained()).contains("{\"escalated\":[],\"site\":\"home\"}");
        }
    }

    private static void startup(SqliteJournal journal, String run, String... reasons) {
        ObjectNode receipt = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "run")
                .put("run", run)
                .put("scope", "home");
        receipt.putArray("phases").add("startup");
        if (reasons.length > 0) {
            var escalated = receipt.putArray("escalated");
            for (String reason : reasons) {
                escalated.add(reason);
            }
        }
        var unused = journal.appendReceipt(run, receipt);
    }
}
