package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Begun;
import io.ridethrough.run.Plans;
import io.ridethrough.run.Resume;
import io.ridethrough.run.Standing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged journal is set aside, and the service only observes and protects until a person accepts that (R31, R34). */
class DamagedJournalTest {
    private static final AssetId HELD = AssetId.parse("attic/app");
    private static final String MARKER = "a test of damage";

    @TempDir
    Path folder;

    /** One byte of one record: what else was written still counts, what was begun is done by nobody. */
    @Test
    void observesAfterOneByteWasAlteredAndKeepsHoldsAndArming() throws Exception {
        RoutesBench first = bench(Optional.empty());
        first.standing.ready(Plans.SITE, Standing.Readiness.ARMED, "a person");
        first.standing.hold(HELD, "a person", "hands inside");
        first.world.gate("attic/slow");
        begin(first, Trigger.HAND, Phase.SHUTDOWN);
        Until.holds(() -> first.world.commands().contains("SHUT_DOWN attic/slow"));
        first.die();
        byte[] damaged = alter(MARKER);

        try (RoutesBench next = bench(Optional.of(first.world))) {
            next.engine.starts().resume(Resume.atStart());

            assertThat(next.runs.progress()).isEmpty();
            assertThat(Files.readAllBytes(setAside())).isEqualTo(damaged);
            assertThat(next.standing.holds()).containsKey(HELD);
            assertThat(next.standing.readiness(Plans.SITE)).isEqualTo(Standing.Readiness.ARMED);
            assertThat(next.journal.ofKinds(SqliteJournal.SET_ASIDE))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.seq()).isEqualTo(1);
                        assertThat(record.body().path("file").asText())
                                .isEqualTo(setAside().getFileName().toString());
                        assertThat(record.body().path("reason").asText()).contains("not as it was written");
                    });
            assertThat(begin(next, Trigger.HAND, Phase.SHUTDOWN))
                    .isInstanceOfSatisfying(Begun.Denied.class, denied -> assertThat(denied.reason())
                            .contains("the journal was damaged", "accept-journal"));
            assertThat(begin(next, Trigger.SCHEDULE, Phase.SHUTDOWN)).isInstanceOf(Begun.Denied.class);
            assertThat(begin(next, Trigger.POWER, Phase.STARTUP)).isInstanceOf(Begun.Denied.class);
            assertThat(next.world.commands()).containsExactly("SHUT_DOWN attic/slow");
        }
    }

    /** R34: protection runs without a past, and looks before it acts. */
    @Test
    void protectsWhileItOnlyObserves() throws Exception {
        bench(Optional.empty()).die();
        Files.writeString(file(), "no journal at all");
        for (String part : List.of("-wal", "-shm")) {
            Files.deleteIfExists(folder.resolve("journal.db" + part));
        }

        try (RoutesBench next = bench(Optional.empty())) {
            Begun begun = begin(next, Trigger.POWER, Phase.SHUTDOWN);

            assertThat(begun).isInstanceOf(Begun.Running.class);
            Until.holds(() -> !next.journal.receipts().isEmpty());
            assertThat(next.world.commands()).containsExactly("SHUT_DOWN attic/slow");
            assertThat(next.standing.observeOnly()).isPresent();
        }
    }

    @Test
    void goesOnWhenAPersonAcceptsAndStaysSo() throws Exception {
        bench(Optional.empty()).die();
        byte[] all = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(all, all.length / 2));

        try (RoutesBench next = bench(Optional.empty())) {
            assertThat(get(next, "sites")).contains("observe-only", "damaged");
            assertThat(post(next, "{}")).isEqualTo(422);
            assertThat(post(next, "{\"reason\":\"looked at it\"}")).isEqualTo(200);
            assertThat(post(next, "{\"reason\":\"again\"}")).isEqualTo(409);
            assertThat(begin(next, Trigger.HAND, Phase.SHUTDOWN)).isInstanceOf(Begun.Running.class);
            Until.holds(() -> !next.journal.receipts().isEmpty());
        }
        try (RoutesBench later = bench(Optional.empty())) {
            assertThat(later.standing.observeOnly()).isEmpty();
            assertThat(later.journal.receipts()).hasSize(1);
        }
    }

    /** A process that died while it set the journal aside: the next one observes all the same. */
    @Test
    void doesTheRestWhereAProcessDiedWhileItSetTheJournalAside() throws Exception {
        bench(Optional.empty()).die();
        Files.move(file(), folder.resolve("journal.db.damaged-20260101-000000"));
        Files.writeString(folder.resolve("journal.db-wal"), "of the other one");

        try (RoutesBench next = bench(Optional.empty())) {
            assertThat(next.standing.observeOnly()).isPresent();
            assertThat(folder.resolve("journal.db.damaged-20260101-000000-wal")).hasContent("of the other one");
        }
    }

    private RoutesBench bench(Optional<io.ridethrough.run.FakeWorld> world) {
        return new RoutesBench(
                folder, Plans.noContracts(), (intent, contracts, seen) -> plan(intent), Duration.ofMillis(500), world);
    }

    private static Plan plan(Intent intent) {
        Step slow = Plans.step(
                intent.phases().get(0), intent.phases().contains(Phase.SHUTDOWN) ? Verb.SHUT_DOWN : Verb.START, "slow");
        return new Plan(
                intent, List.of(slow), Plans.plan(intent, List.of(slow)).forecast(), List.of(MARKER), Optional.empty());
    }

    private static Begun begin(RoutesBench bench, Trigger trigger, Phase phase) {
        return bench.engine
                .starts()
                .begin(Plans.intent(trigger, phase))
                .toCompletableFuture()
                .join();
    }

    private Path file() {
        return folder.resolve("journal.db");
    }

    private byte[] alter(String marker) throws IOException {
        byte[] bytes = Files.readAllBytes(file());
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(marker);
        assertThat(at).isPositive();
        bytes[at] = 'A';
        Files.write(file(), bytes);
        return bytes;
    }

    private Path setAside() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.getFileName().toString().matches("journal[.]db[.]damaged-[0-9-]+"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String get(RoutesBench bench, String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(bench, path)).GET()).body();
    }

    private static int post(RoutesBench bench, String body) throws Exception {
        return send(HttpRequest.newBuilder(uri(bench, "journal/accept"))
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .statusCode();
    }

    private static URI uri(RoutesBench bench, String path) {
        return URI.create("http://127.0.0.1:" + bench.port + "/api/v1/" + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        request.header("Authorization", "Bearer " + RoutesBench.TOKEN)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
