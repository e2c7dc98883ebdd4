package io.ridethrough.standard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.api.Call;
import io.ridethrough.api.StandardApi;
import io.ridethrough.api.StandardReceipts;
import io.ridethrough.api.Tokens;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Pack;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import io.ridethrough.receipt.ReceiptChain;
import io.ridethrough.run.MemoryJournal;
import io.ridethrough.run.VirtualTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Evaluations leave receipts, and the gate a closing one that rests on them, or none. */
class ClosingReceiptTest {
    private static final String CONTROLS = """
            controls:
              - id: scheduler
                title: t
                why: w
                severity: low
                applies-to: node
                gaps: [1114]
                probe: {ask: command, run: ["x"]}
                expect: 'seen.exit == 0'
              - id: firewall
                title: t
                why: w
                severity: low
                applies-to: node
                gaps: [1123]
                probe: {ask: command, run: ["y"]}
                expect: 'seen.exit == 0'
            """;
    private static final String GAPS = """
            gaps:
              - {gap: 1114, title: the scheduler failed, severity: low}
              - {gap: 1123, title: no firewall, severity: low}
              - {gap: 1037, title: only qm, severity: low, tests: ["A#b"]}
            """;
    private static final String PACKS = """
            packs:
              - {id: walls, title: Walls, controls: [firewall]}
            """;
    private static final Looks.Look WELL = exit(0);

    private final MemoryJournal journal = new MemoryJournal(new VirtualTime());
    private Looks.Look look = WELL;

    private static Looks.Look exit(long code) {
        return new Looks.Look.Seen(Map.of(
                "exit", code, "text", "", "lines", List.of(), "first", List.of(), "value", Map.of(), "percent", -1L));
    }

    @Test
    void namesForEveryGapTheEvaluationThatProvesIt() {
        JsonNode answer = gate("real");

        assertThat(answer.path("closed").asBoolean()).as(answer.toString()).isTrue();
        assertThat(journal.receipts()).hasSize(2);
        JsonNode evaluation = journal.receipts().get(0);
        JsonNode closing = journal.receipts().get(1);
        assertThat(evaluation.path("kind").asText()).isEqualTo("standard");
        assertThat(evaluation.path("result").asText()).isEqualTo("holds");
        assertThat(closing.path("kind").asText()).isEqualTo("gaps");
        assertThat(closing.path("number").asLong())
                .isEqualTo(answer.path("receipt").path("number").asLong());
        assertThat(closing.path("gaps")).hasSize(3).allSatisfy(gap -> assertThat(
                        gap.path("proved-by").path("attic").path("evaluation").path("hash"))
                .isEqualTo(evaluation.path("hash")));
        assertThat(closing.path("gaps").path(0).path("tests").path(0).asText()).isEqualTo("A#b");
        assertThat(ReceiptChain.verify(journal.receipts())).isEmpty();
    }

    @Test
    void isNotWrittenWhileAGapIsNotAnsweredAndTheReasonsAreTold() {
        look = exit(1);

        JsonNode answer = gate("real");

        assertThat(answer.path("closed").asBoolean()).isFalse();
        assertThat(answer.has("receipt")).isFalse();
        assertThat(journal.receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.path("result").asText()).isEqualTo("not well");
            assertThat(receipt.path("findings").path(0).path("evidence").asText())
                    .contains("seen.exit = 1");
        });
    }

    @Test
    void isNotWrittenWhereTheEvaluationLeftNoReceipt() {
        journal.full(true);

        JsonNode answer = gate("real");

        assertThat(answer.path("closed").asBoolean()).isTrue();
        assertThat(answer.path("receipt").has("number")).isFalse();
        assertThat(answer.path("receipt").path("trouble").asText()).contains("no space left");
    }

    @Test
    void aGapSaysOnWhatItWasEverSeen() {
        assertThat(seen("LAB x20")).isEqualTo("tests lab lab");
        look = new Looks.Look.Unseen("no answer");
        assertThat(seen("LAB x20")).as("also when it cannot be seen now").isEqualTo("tests lab lab");
        assertThat(new ClosingReceiptTest().unseen()).isEqualTo("tests never never");
        look = WELL;
        assertThat(seen("real")).isEqualTo("tests real real");
        assertThat(seen("LAB x20")).as("real is real for ever").isEqualTo("tests real real");
    }

    private String unseen() {
        look = new Looks.Look.Unseen("no answer");
        return seen("real");
    }

    @Test
    void aPackIsOnlyItsControlsAndItsReceiptSaysWhichItWas() {
        JsonNode report = api("real")
                .site(new Call("Bearer t", "attic", "{\"pack\":\"walls\"}"))
                .toCompletableFuture()
                .join()
                .json();

        assertThat(report.path("findings"))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.path("control").asText()).isEqualTo("firewall"));
        assertThat(journal.receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.path("pack").asText()).isEqualTo("walls");
            assertThat(receipt.path("by").asText()).isEqualTo("http");
            assertThat(receipt.path("hash").asText())
                    .isEqualTo(report.path("receipt").path("hash").asText());
        });
        assertThat(api("real")
                        .site(new Call("Bearer t", "attic", "{\"pack\":\"wells\"}"))
                        .toCompletableFuture()
                        .join()
                        .json()
                        .toString())
                .contains("no pack \\\"wells\\\" is declared; known are [walls]");
    }

    @Test
    void aPackThatNamesWhatIsNotThereIsRefusedWithItsPlace() {
        assertThat(load("""
                        packs:
                          - {id: one, title: t, controls: [firewal], asks: [dsn]}
                          - {id: one, title: t, domains: [y]}
                        """).render())
                .contains("contracts/standard/packs.yaml:2:36: error: there is no control \"firewal\"")
                .contains("did you mean \"firewall\"")
                .contains("there is no way to ask \"dsn\"")
                .contains("there is no domain \"y\"")
                .contains("pack \"one\" is here twice")
                .contains("pack \"one\" holds no control");
    }

    @Test
    void afterAStartupWhatWasNotThereBeforeIsEscalatedAndNothingElse() {
        Pack walls = ((Loaded.Ok) load(PACKS)).contracts().standard().packs().get(0);
        look = exit(1);
        startedUp(walls);
        assertThat(last().has("escalated")).as("nothing is known of before").isFalse();

        look = WELL;
        gaps("real", "");
        look = exit(1);
        startedUp(walls);
        assertThat(last().path("escalated").path(0).asText())
                .isEqualTo("firewall at attic/pve1 was not there before: seen.exit = 1");

        startedUp(walls);
        assertThat(last().has("escalated")).as("it was there before now").isFalse();
    }

    private void startedUp(Pack pack) {
        api("real")
                .pack(pack, Set.of(new SiteId("attic")), StandardReceipts.AFTER_STARTUP + "attic-1")
                .toCompletableFuture()
                .join();
    }

    private JsonNode last() {
        List<JsonNode> receipts = journal.receipts();
        return receipts.get(receipts.size() - 1);
    }

    private JsonNode gate(String world) {
        return gaps(world, "{\"gate\":true}");
    }

    private JsonNode gaps(String world, String body) {
        return api(world)
                .gaps(new Call("Bearer t", "", body))
                .toCompletableFuture()
                .join()
                .json();
    }

    private String seen(String world) {
        return String.join(" ", gaps(world, "").path("gaps").findValuesAsText("seen"));
    }

    private StandardApi api(String world) {
        Loaded loaded = load(PACKS);
        assertThat(loaded.render()).isEmpty();
        Contracts contracts = ((Loaded.Ok) loaded).contracts();
        return new StandardApi(
                new Tokens(Tokens.digestOf("t")),
                new Evaluation(
                        () -> contracts,
                        (probe, subject) -> CompletableFuture.completedStage(look),
                        () -> Instant.parse("2026-06-01T12:00:00Z")),
                new StandardReceipts(journal, world));
    }

    private static Loaded load(String packs) {
        List<SourceFile> files = ControlsAtLoadTest.files(CONTROLS);
        files.add(ControlsAtLoadTest.source("gaps.yaml", GAPS));
        files.add(ControlsAtLoadTest.source("standard/packs.yaml", packs));
        return new ContractLoader(new Cel()).load(files);
    }
}
