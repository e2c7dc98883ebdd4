package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.api.ReceiptsApi.Anchorage;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.realparts.Mosquitto;
import io.ridethrough.receipt.AnchorFile;
import io.ridethrough.receipt.Head;
import io.ridethrough.receipt.KeyFile;
import io.ridethrough.run.Standing;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.mqtt.BrokerAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads of the chain in a file and at a real broker, which come and go; nothing waits for them. */
class AnchorsTest {
    private static final Secrets LOGIN = name -> Secret.of("keeper:word");

    @TempDir
    Path folder;

    private SqliteJournal journal;

    @BeforeEach
    void open() {
        journal = journal("home");
    }

    private SqliteJournal journal(String name) {
        return SqliteJournal.openOrSetAside(
                folder.resolve(name), InstantSource.system(), Standing.salvage(), () -> new KeyFile(
                                folder.resolve(name))
                        .signing());
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void catchesUpWithEveryHeadOnceTheFileCanBeWritten() throws IOException {
        Path away = folder.resolve("mount");
        AnchorFile file = new AnchorFile(away.resolve("heads.jsonl"));
        Anchors anchors = new Anchors(journal, List.of(new FileShelf(file)));
        receipts(journal, 1, 3);
        anchors.catchUp();
        assertThat(anchors.all()).singleElement().satisfies(place -> {
            assertThat(place.newest()).isZero();
            assertThat(place.trouble()).contains("heads.jsonl");
        });

        Files.createDirectories(away);
        receipts(journal, 4, 4);
        anchors.catchUp();
        anchors.catchUp();

        assertThat(file.heads()).extracting(Head::number).containsExactly(1L, 2L, 3L, 4L);
        assertThat(anchors.all()).singleElement().satisfies(place -> {
            assertThat(place.newest()).isEqualTo(4);
            assertThat(place.trouble()).isEmpty();
        });
        new Anchors(journal, List.of(new FileShelf(file))).catchUp();
        assertThat(file.heads()).as("another process goes on where it ended").hasSize(4);
    }

    @Test
    void theBrokerRetainsTheNewestHeadAndAnotherChainIsLeftAsItIs() throws Exception {
        try (Mosquitto broker = new Mosquitto(folder).demands("keeper", "word")) {
            BrokerShelf shelf = new BrokerShelf(new BrokerTopic(
                    "home",
                    broker.address(),
                    "ours/receipts",
                    new BrokerAccess.Broker(broker.address(), Optional.of("mqtt/home"), Optional.empty()),
                    PowerBench.sources(LOGIN).brokers()));
            Anchors anchors = new Anchors(journal, List.of(shelf));
            receipts(journal, 1, 2);
            anchors.catchUp();
            assertThat(anchors.all()).first().satisfies(place -> assertThat(place.trouble())
                    .isNotEmpty());

            broker.start();
            anchors.catchUp();
            anchors.catchUp();
            assertThat(shelf.heads()).singleElement().satisfies(head -> {
                assertThat(head.number()).isEqualTo(2);
                assertThat(head.isGenuine()).isTrue();
            });
            receipts(journal, 3, 3);
            anchors.catchUp();
            assertThat(shelf.heads()).extracting(Head::number).containsExactly(3L);

            try (SqliteJournal another = journal("another")) {
                receipts(another, 1, 2);
                Anchors cut = new Anchors(another, List.of(shelf));
                cut.catchUp();
                cut.catchUp();
                assertThat(cut.all()).singleElement().satisfies(place -> {
                    assertThat(place.state()).isEqualTo(Anchorage.State.ANOTHER_CHAIN);
                    assertThat(place.trouble()).contains("keeps the head of a receipt 3 that this journal has not");
                });
            }
            assertThat(shelf.heads())
                    .as("not overwritten")
                    .extracting(Head::number)
                    .containsExactly(3L);
        }
    }

    private static void receipts(SqliteJournal journal, int from, int to) {
        for (int i = from; i <= to; i++) {
            var unused = journal.appendReceipt(
                    "run-" + i,
                    JsonNodeFactory.instance.objectNode().put("kind", "run").put("run", "run-" + i));
        }
    }
}
