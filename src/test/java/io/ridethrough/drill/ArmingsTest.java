package io.ridethrough.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.receipt.CanonicalJson;
import io.ridethrough.receipt.ReceiptChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R37: a site is armed with contracts that passed a whole drill, or with a waiver that is on record. */
final class ArmingsTest {
    private static final Contracts CONTRACTS = FakeContracts.attic();
    private static final SiteId SITE = CONTRACTS.sites().firstKey();
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private Journal journal;
    private DrillBook book;
    private Armings armings;

    @BeforeEach
    void open() {
        book = new DrillBook(folder.resolve("rehearsals"));
        journal = SqliteJournal.open(folder, InstantSource.system());
        armings = new Armings(journal, book);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void aSiteThatWasNeverRehearsedIsRefused() {
        assertThat(refusal()).contains("was never rehearsed");
    }

    @Test
    void aPassedWholeDrillOfExactlyTheseContractsIsGrounds() {
        JsonNode record = book.write(drill(CONTRACTS.digest(), Finding.Verdict.SHORT));

        assertThat(ask())
                .isEqualTo(new Armings.Granted(
                        new Arming.Rehearsed(1, record.path("hash").asText())));
    }

    @Test
    void aDrillThatLeftOutScenariosIsNotEnough() {
        Drill whole = drill(CONTRACTS.digest(), Finding.Verdict.MET);
        book.write(new Drill(SITE, CONTRACTS.digest(), AT, 20, whole.played().subList(0, 3), List.of()));

        assertThat(refusal()).contains("drill 1", "was not whole");
    }

    @Test
    void aFailedDrillIsNotEnoughAlthoughAnEarlierOnePassed() {
        book.write(drill(CONTRACTS.digest(), Finding.Verdict.MET));
        book.write(drill(CONTRACTS.digest(), Finding.Verdict.FAILED));

        assertThat(refusal()).contains("drill 2", "has failed", "--last");
    }

    @Test
    void aDrillInWhichSomethingTriedToLeaveTheLabIsNotEnough() {
        Drill drill = drill(CONTRACTS.digest(), Finding.Verdict.MET);
        book.write(new Drill(SITE, CONTRACTS.digest(), AT, 20, drill.played(), List.of("connect 10.0.0.1:22")));

        assertThat(refusal()).contains("has failed");
    }

    @Test
    void changedContractsNeedADrillOfTheirOwn() {
        book.write(drill("another digest", Finding.Verdict.MET));

        assertThat(refusal()).contains("the contracts are others than in drill 1");
    }

    /** A drill is played by a process that may not write the journal: its record gets a receipt there later, and once. */
    @Test
    void everyDrillGetsOneReceiptInTheChainOfTheJournalThatNamesItsRecord() {
        JsonNode first = book.write(drill(CONTRACTS.digest(), Finding.Verdict.MET));
        DrillReceipts receipts = new DrillReceipts(book, journal);
        receipts.takeIn();
        book.write(drill(CONTRACTS.digest(), Finding.Verdict.FAILED));
        receipts.takeIn();
        receipts.takeIn();

        assertThat(journal.receipts())
                .extracting(receipt -> receipt.path("kind").asText() + " "
                        + receipt.path("drill").asLong() + " "
                        + receipt.path("result").asText())
                .containsExactly("drill 1 passed", "drill 2 not passed");
        assertThat(journal.receipts().get(0).path("drill-sha256").asText()).isEqualTo(CanonicalJson.hash(first));
        assertThat(ReceiptChain.verify(journal.receipts())).isEmpty();
    }

    @Test
    void aWaiverIsGroundsAndIsKnownAfterARestart() {
        Armings.Answer answer = armings.ask(SITE, CONTRACTS, Optional.of("tonight"));
        assertThat(answer).isEqualTo(new Armings.Granted(new Arming.Waived("tonight")));
        assertThat(armings.of(SITE)).isEmpty();

        armings.record(SITE, CONTRACTS, ((Armings.Granted) answer).grounds(), "a person");

        assertThat(new Armings(journal, book).of(SITE))
                .contains(new Arming(CONTRACTS.digest(), new Arming.Waived("tonight")));
        assertThat(journal.ofKinds("arming"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.body().path("by").asText()).isEqualTo("a person"));
    }

    @Test
    void noDrillCountsOnceOneWasAltered() throws IOException {
        book.write(drill(CONTRACTS.digest(), Finding.Verdict.FAILED));
        Path record = folder.resolve("rehearsals/0001-" + SITE + ".json");
        Files.writeString(record, Files.readString(record).replace("\"passed\":false", "\"passed\":true"));

        assertThat(refusal()).contains("drill record 1 was altered", "rehearse again");
        assertThatThrownBy(() -> book.write(drill(CONTRACTS.digest(), Finding.Verdict.MET)))
                .isInstanceOf(DrillBook.UnreadableBook.class);
    }

    @Test
    void noDrillCountsOnceOneIsMissing() throws IOException {
        book.write(drill("another digest", Finding.Verdict.MET));
        book.write(drill(CONTRACTS.digest(), Finding.Verdict.MET));
        Files.delete(folder.resolve("rehearsals/0001-" + SITE + ".json"));

        assertThat(refusal()).contains("drill record 1 is missing");
    }

    @Test
    void aDrillTellsWhatIsOtherwiseThanInTheLastOne() {
        book.write(drill("another digest", Finding.Verdict.MET));
        JsonNode second = book.write(drill(CONTRACTS.digest(), Finding.Verdict.FAILED));
        JsonNode third = book.write(drill(CONTRACTS.digest(), Finding.Verdict.FAILED));

        assertThat(second.path("compared"))
                .extracting(JsonNode::asText)
                .contains("The contracts are others than in drill 1.", "normal-outage fails, and passed in drill 1.");
        assertThat(third.path("compared")).extracting(JsonNode::asText).containsExactly("All is as in drill 2.");
    }

    private static Drill drill(String contracts, Finding.Verdict verdict) {
        List<Played> played = Arrays.stream(Scenario.values())
                .map(scenario -> new Played(
                        scenario,
                        List.of(new Finding("All is well.", verdict, "a test")),
                        Optional.of(90.0),
                        100,
                        600,
                        List.of(),
                        List.of(),
                        List.of()))
                .toList();
        return new Drill(SITE, contracts, AT, 20, played, List.of());
    }

    private Armings.Answer ask() {
        return armings.ask(SITE, CONTRACTS, Optional.empty());
    }

    private String refusal() {
        return ask() instanceof Armings.Refused refused ? refused.reason() : "granted: " + ask();
    }
}
