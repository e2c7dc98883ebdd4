package io.ridethrough.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import io.ridethrough.standard.Looks.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What comes of a control: four things, of which one alone counts as well. */
final class EvaluationTest {
    private static final SiteId ATTIC = new SiteId("attic");
    private static final String CONTROL = """
            controls:
              - id: storages
                title: t
                why: w
                severity: low
                applies-to: node
                probe: {ask: storages}
                expect: seen.unwell.size() == 0
            """;
    private static final String HOME = """
            home-assistant:
              guest: web
              url: https://192.0.2.20:8123
              radios: [broker]
              waits: 2m
            """;
    private static final Look WELL = new Look.Seen(Map.of("parts", List.of("local"), "unwell", List.of()));
    private static final Look UNWELL = new Look.Seen(Map.of("parts", List.of("local"), "unwell", List.of("nfs")));

    private Instant now = Instant.parse("2026-06-01T00:00:00Z");
    private Look look = WELL;

    @Test
    void tellsEachKindOfFindingWithEvidenceAndSinceWhen() {
        Evaluation evaluation = evaluation("none: nothing\n");
        assertThat(first(evaluation).finding()).isInstanceOf(Finding.Holds.class);

        look = UNWELL;
        now = now.plus(Duration.ofMinutes(1));
        Found broken = first(evaluation);
        now = now.plus(Duration.ofMinutes(1));
        Found again = first(evaluation);
        assertThat(broken.finding()).isEqualTo(new Finding.Broken("seen.unwell = [nfs]"));
        assertThat(again.since()).isEqualTo(broken.since()).isEqualTo(now.minus(Duration.ofMinutes(1)));
        assertThat(again.times()).isEqualTo(2);

        look = WELL;
        assertThat(first(evaluation).times()).isEqualTo(1);
    }

    @Test
    void whatCannotBeSeenNeverCountsAsWell() {
        Evaluation evaluation = evaluation("none: nothing\n");
        look = new Look.Unseen("no answer in 15 s");
        assertThat(first(evaluation).finding()).isEqualTo(new Finding.Unobservable("no answer in 15 s"));
        assertThat(report(evaluation).score()).isZero();

        look = new Look.Seen(Map.of());
        assertThat(first(evaluation).finding()).isInstanceOf(Finding.Unobservable.class);
    }

    @Test
    void whatOthersDeclareAndThisSiteDoesNotIsBrokenAndNotBlank() {
        assertThat(atticBesideAHouse("none: \"not declared yet\"\n"))
                .extracting(found -> found.control().id() + " at "
                        + found.subject().name() + ": " + found.finding().word() + ", "
                        + found.finding().evidence())
                .containsExactly("homes at attic: broken, home-assistant.home-assistant is not declared,"
                        + " nor why there is none; declared at house");
        assertThat(atticBesideAHouse("none: \"no Home Assistant in the attic\"\n"))
                .as("whoever says why has none")
                .isEmpty();
    }

    /** What is found at the attic, beside a site that has a Home Assistant. */
    private static List<Found> atticBesideAHouse(String homeAssistant) {
        List<SourceFile> files = new ArrayList<>();
        for (String site : List.of("attic", "house")) {
            FakeContracts.atticTexts()
                    .forEach((path, text) -> files.add(ControlsAtLoadTest.source(
                            path.replace("sites/attic/", "sites/" + site + "/"),
                            path.endsWith("/home-assistant.yaml")
                                    ? site.equals("attic") ? homeAssistant : HOME
                                    : path.startsWith("sites/") ? text.replace("attic", site) : text)));
        }
        files.add(ControlsAtLoadTest.source(
                "standard/x.yaml",
                "controls:\n  - {id: homes, title: t, why: w, severity: low, applies-to: home-assistant, probe: {ask:"
                        + " contract}, expect: 'true'}\n"));
        Map<String, SourceFile> last = new LinkedHashMap<>();
        files.forEach(file -> last.put(file.path(), file));
        Loaded loaded = new ContractLoader(new Cel()).load(List.copyOf(last.values()));
        assertThat(loaded.render()).isEmpty();
        Evaluation evaluation = new Evaluation(
                () -> ((Loaded.Ok) loaded).contracts(),
                (probe, subject) -> CompletableFuture.completedStage(new Look.Seen(Map.of())),
                () -> Instant.EPOCH);
        return report(evaluation).found();
    }

    @Test
    void anAcceptanceCountsToItsLastDayAndIsBrokenAfterIt() {
        Evaluation evaluation = evaluation(
                "acceptances:\n  - {control: storages, asset: pve1, owner: me, reason: ordered, until: \"2026-06-30\"}\n");
        look = UNWELL;
        assertThat(report(evaluation).counts()).isEqualTo(Map.of("accepted", 1L, "broken", 1L));
        assertThat(report(evaluation).score()).isZero();
        assertThat(report(evaluation).stale()).isEmpty();

        now = Instant.parse("2026-07-02T12:00:00Z");
        assertThat(report(evaluation).counts()).isEqualTo(Map.of("broken", 2L));
        assertThat(first(evaluation).finding().evidence()).contains("its acceptance ended on 2026-06-30");
    }

    @Test
    void ofTwoAcceptancesTheLongerOneCounts() {
        Evaluation evaluation = evaluation("""
                acceptances:
                  - {control: storages, asset: pve1, owner: me, reason: ordered, until: "2026-05-30"}
                  - {control: storages, asset: pve1, owner: me, reason: still ordered, until: "2026-06-30"}
                """);
        look = UNWELL;

        assertThat(first(evaluation).finding()).isInstanceOf(Finding.Accepted.class);
    }

    @Test
    void anAcceptanceOfWhatHoldsIsStale() {
        Evaluation evaluation = evaluation(
                "acceptances:\n  - {control: storages, asset: pve1, owner: me, reason: ordered, until: \"2026-06-30\"}\n");

        assertThat(report(evaluation).stale()).hasSize(1);
    }

    private Evaluation evaluation(String acceptances) {
        List<SourceFile> files = ControlsAtLoadTest.files(CONTROL);
        files.add(ControlsAtLoadTest.source("sites/attic/acceptances.yaml", acceptances));
        Loaded loaded = new ContractLoader(new Cel()).load(files);
        assertThat(loaded.render()).isEmpty();
        Contracts contracts = ((Loaded.Ok) loaded).contracts();
        return new Evaluation(() -> contracts, (probe, subject) -> CompletableFuture.completedStage(look), () -> now);
    }

    private static Report report(Evaluation evaluation) {
        return evaluation.of(ATTIC).orElseThrow().toCompletableFuture().join();
    }

    private static Found first(Evaluation evaluation) {
        return report(evaluation).found().get(0);
    }
}
