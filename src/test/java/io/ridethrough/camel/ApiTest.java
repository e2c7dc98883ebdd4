package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.PlanJson;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Begun;
import io.ridethrough.run.FakeWorld;
import io.ridethrough.run.Plans;
import io.ridethrough.run.Resume;
import io.ridethrough.run.Runs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and programs can ask over HTTP, and what they are refused, on the real server. */
class ApiTest {
    @TempDir
    static Path folder;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Contracts CONTRACTS = FakeContracts.attic();
    private static RoutesBench bench;
    private static FakeWorld world;
    private static Runs runs;

    @BeforeAll
    static void startTheRoutes() {
        bench = new RoutesBench(
                folder,
                CONTRACTS,
                (intent, contracts, seen) ->
                        Plans.plan(intent, List.of(Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "files"))),
                Duration.ofMillis(500));
        world = bench.world;
        runs = bench.runs;
    }

    @AfterAll
    static void stopTheRoutes() {
        bench.close();
    }

    @Test
    void tellsNothingWithoutAToken() throws Exception {
        for (String path : List.of("runs", "runs/x", "sites")) {
            HttpResponse<String> reply = send("GET", path, "", "Bearer wrong");
            assertThat(reply.statusCode()).isEqualTo(401);
            assertThat(reply.headers().firstValue("content-type")).contains("application/problem+json");
            assertThat(reply.body()).doesNotContain("attic");
        }
        assertThat(send("POST", "runs", "{\"scope\":\"attic\",\"mode\":\"shutdown\"}", "")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void saysEverythingThatIsWrongAtOnceAndChangesNothing() throws Exception {
        List<String> before = world.commands();
        JsonNode problem = refused(
                422,
                "{\"scope\":\"atic\",\"mode\":\"explode\",\"execute\":true,\"dry-run\":true,\"colour\":\"red\","
                        + "\"power-off\":[\"cellar\"]}");

        assertThat(problem.path("errors")).hasSizeGreaterThanOrEqualTo(5);
        assertThat(problem.toString())
                .contains(
                        "no site \\\"atic\\\"", "unknown key \\\"colour\\\"", "together mean nothing", "\\\"mode\\\"");
        assertThat(problem.path("detail").asText()).isEqualTo("Nothing was changed.");
        assertThat(world.commands()).isEqualTo(before);
    }

    @Test
    void executesOnlyWhenTheScopeIsRepeated() throws Exception {
        List<String> before = world.commands();
        JsonNode problem = refused(422, "{\"scope\":\"attic\",\"mode\":\"shutdown\",\"execute\":true}");

        assertThat(problem.path("errors").path(0).asText()).contains("repeat the scope", "attic");
        assertThat(world.commands()).isEqualTo(before);
    }

    @Test
    void showsThePlanInsteadOfRunningItUnlessToldTo() throws Exception {
        HttpResponse<String> reply =
                send("POST", "runs", "{\"scope\":\"attic\",\"mode\":\"shutdown\"}", "Bearer secret");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(json(reply).path("execute").asBoolean(true)).isFalse();
        assertThat(json(reply).path("steps")).hasSize(1);
        assertThat(runs.progress()).isEmpty();
    }

    @Test
    void refusesWhatIsNotARequestAndGoesOn() throws Exception {
        for (String body : List.of(
                "{",
                "[]",
                "null",
                "{\"scope\":7}",
                "{\"scope\":\"attic\",\"scope\":\"all\",\"mode\":\"verify\"}",
                "\u0000")) {
            assertThat(send("POST", "runs", body, "Bearer secret").statusCode())
                    .as(body)
                    .isBetween(400, 422);
        }
        assertThat(send("POST", "runs", "[".repeat(5000), "Bearer secret").statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "runs", "\"" + "x".repeat(100_000) + "\"", "Bearer secret")
                        .statusCode())
                .isEqualTo(413);
        assertThat(send("GET", "sites", "", "Bearer secret").statusCode()).isEqualTo(200);
    }

    @Test
    void holdsAndArmsByName() throws Exception {
        String asset = CONTRACTS.assets().keySet().iterator().next().toString();
        assertThat(send(
                                "POST",
                                "sites/attic/readiness",
                                "{\"readiness\":\"armed\",\"waive-rehearsal\":\"a test\"}",
                                "Bearer secret")
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("POST", "holds", "{\"asset\":\"" + asset + "\",\"reason\":\"hands\"}", "Bearer secret")
                        .statusCode())
                .isEqualTo(200);

        JsonNode site =
                json(send("GET", "sites", "", "Bearer secret")).path("sites").path(0);
        assertThat(site.path("readiness").asText()).isEqualTo("armed");
        assertThat(site.path("holds").path(0).path("reason").asText()).isEqualTo("hands");

        assertThat(json(send("POST", "holds", "{\"asset\":\"" + asset + "\",\"release\":true}", "Bearer secret"))
                        .path("released")
                        .asBoolean())
                .isTrue();
        assertThat(send("POST", "holds", "{\"asset\":\"attic/none\"}", "Bearer secret")
                        .statusCode())
                .isEqualTo(422);
        assertThat(send("POST", "sites/nowhere/readiness", "{\"readiness\":\"armed\"}", "Bearer secret")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void tellsOfARunWhileItIsOpenAndOfItsReceiptAfter() throws Exception {
        JsonNode begun = json(send(
                "POST",
                "runs",
                "{\"scope\":\"attic\",\"mode\":\"shutdown\",\"execute\":true,\"confirm\":\"attic\"}",
                "Bearer secret"));
        String run = begun.path("run").asText();
        runs.closing(run).ifPresent(closing -> closing.toCompletableFuture().join());

        assertThat(json(send("GET", "runs/" + run, "", "Bearer secret"))
                        .path("result")
                        .asText())
                .isEqualTo("complete");
        assertThat(json(send("GET", "runs", "", "Bearer secret"))
                        .path("closed")
                        .path(0)
                        .path("run")
                        .asText())
                .isEqualTo(run);
        assertThat(send("GET", "runs/none", "", "Bearer secret").statusCode()).isEqualTo(404);
    }

    private static JsonNode refused(int status, String body) throws Exception {
        HttpResponse<String> reply = send("POST", "runs", body, "Bearer secret");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        return json(reply);
    }

    /** R31, R32: a run that an earlier process left in vain waits for a person, who lets it go on or ends it. */
    @Test
    void letsAPersonResumeOrAbandonARunThatAnEarlierProcessLeft(@TempDir Path other) throws Exception {
        String run = "left";
        try (SqliteJournal journal = SqliteJournal.open(other, InstantSource.system())) {
            Plan plan = Plans.plan(
                    Plans.intent(Trigger.HAND, Phase.SHUTDOWN),
                    List.of(Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "files")));
            for (String each : List.of("left", "ended")) {
                journal.append(Optional.of(each), Runs.BEGUN, PlanJson.of(plan).put("contracts", "0"));
                for (int vain = 0; vain < 2; vain++) {
                    journal.append(
                            Optional.of(each),
                            "run-resumed",
                            JsonNodeFactory.instance.objectNode().put("by", "start"));
                }
            }
        }
        try (RoutesBench held = new RoutesBench(
                other, CONTRACTS, (intent, contracts, seen) -> Plans.plan(intent, List.of()), Duration.ofMillis(500))) {
            held.engine.starts().resume(Resume.atStart());
            assertThat(held.world.commands()).isEmpty();
            assertThat(held.runs.progress()).allSatisfy(open -> assertThat(open.asleep())
                    .hasValueSatisfying(why -> assertThat(why).contains("a person is needed")));

            String base = "http://127.0.0.1:" + held.port + "/api/v1/runs/";
            assertThat(post(base + run + "/resume", "{}")).isEqualTo(422);
            assertThat(post(base + "none/resume", "{\"reason\":\"why\"}")).isEqualTo(404);
            assertThat(post(base + "ended/abandon", "{\"reason\":\"not wanted\"}"))
                    .isEqualTo(200);
            assertThat(held.world.commands()).isEmpty();
            assertThat(held.journal
                            .receipt("ended")
                            .orElseThrow()
                            .path("stopped")
                            .asText())
                    .isEqualTo("abandoned over http: not wanted");

            assertThat(post(base + run + "/resume", "{\"reason\":\"mended\"}")).isEqualTo(200);
            Until.holds(() -> held.journal.receipt(run).isPresent());
            assertThat(held.world.commands()).containsExactly("SHUT_DOWN attic/files");
            assertThat(post(base + run + "/resume", "{\"reason\":\"again\"}")).isEqualTo(404);
        }
    }

    /** R33: over HTTP and over the routes, on a run that asks. */
    @Test
    void letsAPersonOverrideOneStepOfAnOpenRun(@TempDir Path other) throws Exception {
        Step one = Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "one");
        Step two = Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "two", "one");
        try (RoutesBench asked = new RoutesBench(
                other,
                CONTRACTS,
                (intent, contracts, seen) -> Plans.plan(intent, List.of(one, two)),
                Duration.ofMillis(500))) {
            asked.world.neverForce("attic/one");
            asked.world.hang("attic/one");
            Begun begun = asked.engine
                    .starts()
                    .begin(Plans.acknowledged(Plans.intent(Trigger.HAND, Phase.SHUTDOWN), Optional.of(Intent.ASK_ME)))
                    .toCompletableFuture()
                    .join();
            String run = ((Begun.Running) begun).run();
            String uri = "http://127.0.0.1:" + asked.port + "/api/v1/runs/" + run + "/override";
            Until.holds(() -> asked.runs.progress().stream()
                    .anyMatch(open -> !open.halted().isEmpty()));

            for (String bad : List.of(
                    "{\"step\":\"shutdown:one\",\"word\":\"explode\",\"reason\":\"why\"}",
                    "{\"step\":\"shutdown:one\",\"word\":\"skip\"}",
                    "{\"step\":\"shutdown:one\",\"word\":\"at\",\"reason\":\"why\"}",
                    "{\"step\":\"shutdown:one\",\"word\":\"at\",\"address\":\"a b/c\",\"reason\":\"why\"}",
                    "{\"step\":\"shutdown:one\",\"word\":\"skip\",\"address\":\"a\",\"reason\":\"why\"}",
                    "[]")) {
                assertThat(post(uri, bad)).as(bad).isEqualTo(422);
            }
            String retry = "{\"step\":\"shutdown:one\",\"word\":\"retry\",\"reason\":\"mended\",\"by\":\"anna\"}";
            assertThat(post(uri.replace(run, "none"), retry)).isEqualTo(404);
            assertThat(post(uri, retry.replace(":one", ":none"))).isEqualTo(409);

            asked.world.heal("attic/one");
            assertThat(post(uri, retry)).isEqualTo(200);
            Until.holds(() -> asked.journal.receipt(run).isPresent());
            JsonNode receipt = asked.journal.receipt(run).orElseThrow();
            assertThat(receipt.path("result").asText()).isEqualTo("complete");
            assertThat(receipt.path("overrides").path(0).path("by").asText()).isEqualTo("anna over http");
            assertThat(post(uri, retry)).isEqualTo(409);
        }
    }

    /** Between the moment in which a receipt is written and the one in which the run is forgotten. */
    @Test
    void aRunIsClosedAsSoonAsItHasAReceipt(@TempDir Path other) throws Exception {
        try (RoutesBench closing = new RoutesBench(
                other,
                CONTRACTS,
                (intent, contracts, seen) ->
                        Plans.plan(intent, List.of(Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "one"))),
                Duration.ofMillis(500))) {
            closing.world.neverForce("attic/one");
            closing.world.hang("attic/one");
            Begun begun = closing.engine
                    .starts()
                    .begin(Plans.acknowledged(Plans.intent(Trigger.HAND, Phase.SHUTDOWN), Optional.of(Intent.ASK_ME)))
                    .toCompletableFuture()
                    .join();
            String run = ((Begun.Running) begun).run();
            assertThat(get(closing, "runs").path("open").path(0).path("run").asText())
                    .isEqualTo(run);

            closing.journal.appendReceipt(
                    run, JsonNodeFactory.instance.objectNode().put("run", run).put("result", "complete"));

            assertThat(closing.runs.progress()).hasSize(1);
            assertThat(get(closing, "runs/" + run).path("result").asText()).isEqualTo("complete");
            JsonNode all = get(closing, "runs");
            assertThat(all.path("closed").path(0).path("run").asText()).isEqualTo(run);
            assertThat(all.path("open")).isEmpty();
        }
    }

    private static JsonNode get(RoutesBench bench, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bench.port + "/api/v1/" + path))
                .header("Authorization", "Bearer " + RoutesBench.TOKEN)
                .build();
        return json(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    private static int post(String uri, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .header("Authorization", "Bearer " + RoutesBench.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static JsonNode json(HttpResponse<String> reply) throws Exception {
        return new ObjectMapper().readTree(reply.body());
    }

    private static HttpResponse<String> send(String method, String path, String body, String authorization)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + bench.port + "/api/v1/" + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
