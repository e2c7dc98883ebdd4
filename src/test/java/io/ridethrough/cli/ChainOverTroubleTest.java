package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.journal.Journal;
import io.ridethrough.receipt.Head;
import io.ridethrough.receipt.KeyFile;
import io.ridethrough.receipt.Proof;
import io.ridethrough.receipt.Trust;
import io.ridethrough.receipt.VerifyingKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an installation's chain of receipts says when its journal or its key is another one than before. */
class ChainOverTroubleTest {
    private static final String MARKER = "a marker of this test";

    @TempDir
    Path home;

    @Test
    void aJournalThatTookADamagedOnesPlaceSaysSoInItsFirstReceiptAndOnce() throws IOException {
        Head before = head(written("one").get(0));
        alter(home.resolve("journal.db"));
        List<JsonNode> receipts = written("two");

        assertThat(written("three")).hasSize(3);
        assertThat(receipts).hasSize(2);
        assertThat(receipts.get(0).path("kind").asText()).isEqualTo("journal");
        assertThat(home.resolve(receipts.get(0).path("set-aside").asText())).exists();
        Proof proof = Proof.of(receipts, new Trust(List.of(key()), List.of(before, head(receipts.get(0)))));
        assertThat(proof.flaw()).isEmpty();
        assertThat(proof.notes())
                .anyMatch(note -> note.contains("receipt 1 says that this journal took the place of a damaged one"))
                .anyMatch(note -> note.contains("1 heads kept elsewhere are of the journal before"));
    }

    @Test
    void aJournalThatIsAnotherOneAndDoesNotSaySoIsFoundByTheHeadKeptElsewhere() throws IOException {
        Head before = head(written("one").get(0));
        for (String part : List.of("journal.db", "journal.db-wal", "journal.db-shm")) {
            Files.deleteIfExists(home.resolve(part));
        }

        Proof proof = Proof.of(written("two"), new Trust(List.of(key()), List.of(before)));

        assertThat(proof.flaw())
                .hasValueSatisfying(flaw -> assertThat(flaw.what()).contains("the chain was replaced"));
    }

    @Test
    void anotherKeyIsNamedWithTheReceiptFromWhichItSignsUntilBothAreKnown() throws IOException {
        written("one");
        VerifyingKey old = key();
        Files.delete(new KeyFile(home).secret());
        Files.delete(new KeyFile(home).open());
        List<JsonNode> receipts = written("two");

        assertThat(Proof.of(receipts, Trust.NOTHING).flaw()).hasValueSatisfying(flaw -> assertThat(flaw.what())
                .contains("from receipt 2 on another key signs", old.fingerprint(), key().fingerprint()));
        assertThat(Proof.of(receipts, new Trust(List.of(key()), List.of())).flaw())
                .hasValueSatisfying(flaw -> assertThat(flaw.number()).isEqualTo(1));
        Proof both = Proof.of(receipts, new Trust(List.of(old, key()), List.of(head(receipts.get(1)))));
        assertThat(both.flaw()).isEmpty();
        assertThat(both.notes()).singleElement().asString().contains("signed with 2 keys");
    }

    /** R34: nothing is refused for it; every receipt says why, and so does whoever proves them. */
    @Test
    void aKeyThatOthersMayReadSignsNothingAndStopsNothing() throws IOException {
        written("one");
        Files.setPosixFilePermissions(new KeyFile(home).secret(), PosixFilePermissions.fromString("rw-r-----"));

        List<JsonNode> receipts = written("two");

        assertThat(receipts.get(1).has("signature")).isFalse();
        assertThat(Proof.of(receipts, new Trust(List.of(key()), List.of())).flaw())
                .hasValueSatisfying(flaw -> assertThat(flaw.what())
                        .startsWith("receipt 2 is not signed, and those before it are; it says why: ")
                        .contains("chmod 600"));
        assertThat(ReceiptCheck.key(new Home(home)).wrong()).isTrue();
    }

    /** The receipts after a start of the installation that left one more. */
    private List<JsonNode> written(String run) {
        try (Journal journal = OpenedJournal.in(home, new ArmedFile(home.resolve("armed")), InstantSource.system())) {
            var unused = journal.append(
                    Optional.of(run),
                    "note",
                    JsonNodeFactory.instance.objectNode().put("of", MARKER));
            var unusedToo = journal.appendReceipt(
                    run,
                    JsonNodeFactory.instance.objectNode().put("kind", "run").put("run", run));
            return journal.receipts();
        }
    }

    private VerifyingKey key() {
        return new KeyFile(home).verifying().orElseThrow();
    }

    private static Head head(JsonNode receipt) {
        return Head.of(receipt).orElseThrow();
    }

    private static void alter(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int place = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(MARKER);
        assertThat(place).isPositive();
        bytes[place] = (byte) (bytes[place] ^ 1);
        Files.write(file, bytes);
    }
}
