package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Ups;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Seen;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.FakeWorld;
import io.ridethrough.run.Planning;
import io.ridethrough.run.Plans;
import io.ridethrough.run.Standing;
import io.ridethrough.run.Time;
import io.ridethrough.target.SecretFiles;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.ProducerTemplate;

/** The product's routes from a broker to a fake world of two assets. */
final class PowerBench implements AutoCloseable {
    static final AssetId UPS = new AssetId(Plans.SITE, "ups");
    private static final AssetId NODE = new AssetId(Plans.SITE, "node");

    private static final Way<HomeAsk> NO_HOMES =
            (target, ask) -> CompletableFuture.completedFuture(new Told.Barred("no Home Assistant in this test"));

    final FakeWorld world;
    final SqliteJournal journal;
    final Standing standing;
    final PowerWatch watch;
    final Engine engine;
    private final RoutesBench bench;
    private final ProducerTemplate intents;

    PowerBench(Path folder, Duration hold, Ups.MqttSource source) {
        this(folder, hold, source, new SecretFiles(folder.resolve("secrets")));
    }

    PowerBench(Path folder, Duration hold, Ups.MqttSource source, Secrets secrets) {
        this(folder, hold, new Ups(UPS, "a UPS", source, Duration.ofMinutes(20)), secrets);
    }

    /** @param before the world of a bench that ended, which goes on */
    PowerBench(Path folder, Power.Policy policy, Ups ups, Time power, Optional<FakeWorld> before) {
        this(folder, contracts(policy, ups), new SecretFiles(folder.resolve("secrets")), Optional.of(power), before);
    }

    PowerBench(Path folder, Duration hold, Ups ups, Secrets secrets) {
        this(folder, contracts(hold, ups), secrets, Optional.empty(), Optional.empty());
    }

    private PowerBench(
            Path folder, Contracts contracts, Secrets secrets, Optional<Time> power, Optional<FakeWorld> before) {
        RoutesBench.Course course = new RoutesBench.Course(Duration.ofMillis(50), RoutesBench.PACE, power);
        bench = new RoutesBench(folder.resolve("home"), contracts, this::plan, course, before);
        world = bench.world;
        journal = bench.journal;
        standing = bench.standing;
        watch = bench.power;
        engine = bench.engine;
        intents = engine.context().createProducerTemplate();
        new PowerRoutes(engine.context(), sources(secrets), watch, NO_HOMES).follow(contracts);
    }

    /** Every declared source where it says it is. */
    static PowerSources sources(Secrets secrets) {
        return new PowerSources(Ups.MqttSource::broker, Wiring.direct(), secrets, target -> Optional.empty(), 1);
    }

    private Plan plan(Intent intent, Contracts declared, Seen seen) {
        Planning byHand = (asked, contracts, known) -> Plans.plan(asked, steps(asked.phases()));
        return new SupplyGate(byHand, watch).plan(intent, declared, seen);
    }

    static Ups.MqttSource source(String broker, Ups.Format format, String topic, Map<String, String> variables) {
        return new Ups.MqttSource(
                broker,
                Optional.empty(),
                format,
                topic,
                variables,
                Map.of("on battery", "OB", "online", "OL"),
                Duration.ofSeconds(1),
                Optional.empty());
    }

    /** The same source behind a broker that wants the login of this secret. */
    static Ups.MqttSource withSecret(Ups.MqttSource source, String secret) {
        return new Ups.MqttSource(
                source.broker(),
                Optional.of(secret),
                source.format(),
                source.topic(),
                source.variables(),
                source.words(),
                source.runtimeUnit(),
                source.every());
    }

    /** Asks this product's own API; the answer's status and body in one line. */
    String post(String path, String body) {
        return ask(path, "POST", HttpRequest.BodyPublishers.ofString(body));
    }

    String get(String path) {
        return ask(path, "GET", HttpRequest.BodyPublishers.noBody());
    }

    private String ask(String path, String method, HttpRequest.BodyPublisher body) {
        try {
            HttpResponse<String> reply = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bench.port + "/api/v1/" + path))
                                    .header("Content-Type", "application/json")
                                    .header("Authorization", "Bearer " + RoutesBench.TOKEN)
                                    .method(method, body)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return reply.statusCode() + " " + reply.body();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void arm() {
        standing.ready(Plans.SITE, Standing.Readiness.ARMED, "test");
    }

    /** Judges what time alone has changed, as the route does, and hands on what that calls for. */
    void tick() {
        watch.tick().forEach(intent -> intents.sendBody("direct:run-begin", intent));
    }

    /** Every run that its power called for has ended. */
    boolean rests() {
        return journal.receipts().size() == begun("Shutdown") + begun("Startup");
    }

    /** How often its power has called for a {@code Shutdown} or a {@code Startup}. */
    long begun(String what) {
        return decisions().stream()
                .filter(line -> line.startsWith("Begin" + what + ":"))
                .count();
    }

    /** The process ends in the middle of things; its world goes on. */
    void die() {
        bench.die();
    }

    /** Every subscription is connected. */
    boolean subscribed() {
        return engine.context().getRoutes().stream()
                .filter(route -> route.getId().startsWith("power-attic"))
                .allMatch(route ->
                        route.getConsumer() instanceof org.apache.camel.component.paho.mqtt5.PahoMqtt5Consumer consumer
                                && consumer.getClient() != null
                                && consumer.getClient().isConnected()
                                && engine.context()
                                        .getRouteController()
                                        .getRouteStatus(route.getId())
                                        .isStarted());
    }

    boolean said(String words) {
        return decisions().stream().anyMatch(line -> line.contains(words));
    }

    List<String> decisions() {
        return journal.ofKinds("decision").stream()
                .map(entry -> entry.body().path("decision").asText() + ": "
                        + entry.body().path("reason").asText())
                .toList();
    }

    private static List<Step> steps(List<Phase> phases) {
        return phases.contains(Phase.SHUTDOWN)
                ? List.of(
                        Plans.step(Phase.SHUTDOWN, Verb.SHUT_DOWN, "app"),
                        Plans.step(Phase.SHUTDOWN, Verb.POWER_OFF, "node", "app"))
                : List.of(
                        Plans.step(Phase.STARTUP, Verb.WAKE, "node"),
                        Plans.step(Phase.STARTUP, Verb.START, "app", "node"));
    }

    static Contracts contracts(Duration hold, Ups ups) {
        Power.Policy policy = new Power.Policy(
                hold,
                hold.plusMillis(100),
                10,
                Duration.ofSeconds(15),
                Duration.ZERO,
                Power.OnReturn.TURN_AROUND,
                Power.Start.AFTER_HOLD,
                Duration.ofMinutes(45));
        return contracts(policy, ups);
    }

    private static Contracts contracts(Power.Policy policy, Ups ups) {
        Power power = new Power(List.of(ups), Map.of(NODE, Set.of(UPS)), Map.of(), policy);
        Contracts attic = FakeContracts.attic();
        Site s = attic.sites().get(Plans.SITE);
        if (s == null) {
            throw new AssertionError("no attic");
        }
        Site site = new Site(
                s.id(),
                s.title(),
                s.zone(),
                s.lan(),
                s.domains(),
                s.gateway(),
                s.nameService(),
                s.orchestrator(),
                s.outOfBand(),
                s.recovery(),
                s.powerOff(),
                s.nodes(),
                s.guests(),
                s.excluded(),
                s.stacks(),
                s.nases(),
                s.devices(),
                s.controllers(),
                s.homeAssistant(),
                power,
                s.probes(),
                s.backupWindows(),
                s.posture());
        return new Contracts(
                new TreeMap<>(Map.of(Plans.SITE, site)), attic.policy(), attic.assumptions(), attic.digest());
    }

    @Override
    public void close() {
        bench.close();
    }
}
