package io.ridethrough.camel;

import io.ridethrough.api.Api;
import io.ridethrough.api.Health;
import io.ridethrough.api.ReceiptsApi;
import io.ridethrough.api.Tokens;
import io.ridethrough.contract.Contracts;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.lab.net.FreePort;
import io.ridethrough.run.FakeWorld;
import io.ridethrough.run.Planning;
import io.ridethrough.run.Runs;
import io.ridethrough.run.Standing;
import io.ridethrough.run.Supply;
import io.ridethrough.run.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The product's own routes over a fake world, with its API on a free port of loopback. */
final class RoutesBench implements AutoCloseable {
    static final String TOKEN = "secret";
    static final Duration PACE = Duration.ofMillis(5);

    final ExecutorService executor = Executors.newFixedThreadPool(4);
    final WallTime time = new WallTime(1, executor);
    final FakeWorld world;
    final SqliteJournal journal;
    final Standing standing;
    final PowerWatch power;
    final Runs runs;
    final Engine engine;
    final int port = FreePort.onLoopback();

    /** @param tick how often the passing of time is judged */
    RoutesBench(Path folder, Contracts contracts, Planning planning, Duration tick) {
        this(folder, contracts, planning, tick, Optional.empty());
    }

    /** @param before the world of a bench that was closed, which goes on */
    RoutesBench(Path folder, Contracts contracts, Planning planning, Duration tick, Optional<FakeWorld> before) {
        this(folder, contracts, planning, new Course(tick, PACE, Optional.empty()), before);
    }

    /** @param pace how long every command takes */
    RoutesBench(Path folder, Contracts contracts, Planning planning, Duration tick, Duration pace) {
        this(folder, contracts, planning, new Course(tick, pace, Optional.empty()), Optional.empty());
    }

    /**
     * How time passes on a bench.
     *
     * @param tick how often its passing is judged
     * @param pace how long every command takes
     * @param power by which power is judged, where that is not the machine's clock
     */
    record Course(Duration tick, Duration pace, Optional<Time> power) {}

    RoutesBench(Path folder, Contracts contracts, Planning planning, Course course, Optional<FakeWorld> before) {
        world = before.orElseGet(() -> new FakeWorld(time, course.pace()));
        journal = SqliteJournal.openOrSetAside(folder, InstantSource.system(), Standing.salvage());
        standing = new Standing(journal);
        runs = new Runs(planning, () -> contracts, journal, standing, world, Supply.always(), time, executor, "test");
        power = new PowerWatch(
                () -> contracts, journal, standing, course.power().orElse(time));
        power.steers(runs::callOff, runs::lasts);
        Map<String, String> properties = Map.of(
                "ridethrough.queue", "seda",
                "ridethrough.power.tick", Long.toString(course.tick().toMillis()),
                "camel.component.seda.default-poll-timeout", "50",
                "ridethrough.ready-to-act", "0 17 9 * * ?",
                "ridethrough.standard", "0 27 9 * * ?");
        engine = new Engine(new Engine.Settings(Path.of("routes"), properties, "127.0.0.1", port));
        engine.bind("runs", runs);
        engine.bind("power", power);
        Tokens tokens = new Tokens(Tokens.digestOf(TOKEN));
        engine.bind(
                "api",
                new Api(
                        tokens,
                        () -> contracts,
                        runs,
                        standing,
                        journal,
                        engine.starts(),
                        power,
                        new io.ridethrough.drill.Armings(
                                journal, new io.ridethrough.drill.DrillBook(java.nio.file.Path.of("none"))),
                        "test"));
        io.ridethrough.api.ReadyApi ready = new io.ridethrough.api.ReadyApi(
                tokens,
                () -> contracts.sites().keySet(),
                new io.ridethrough.ready.ReadyToAct(
                        site -> List.of(),
                        site -> CompletableFuture.completedFuture(List.of()),
                        target -> {},
                        time::now));
        engine.bind("ready", ready);
        io.ridethrough.api.StandardApi standard = new io.ridethrough.api.StandardApi(
                tokens,
                new io.ridethrough.standard.Evaluation(
                        () -> contracts,
                        (probe, subject) -> CompletableFuture.completedStage(
                                new io.ridethrough.standard.Looks.Look.Unseen("nothing is asked here")),
                        time::now),
                new io.ridethrough.api.StandardReceipts(journal, "LAB"));
        engine.bind("standard", standard);
        engine.bind("contracts", new io.ridethrough.api.ContractsApi(tokens, new NothingToReload()));
        engine.bind(
                "dashboards",
                new io.ridethrough.api.DashboardsApi(
                        tokens,
                        new io.ridethrough.dashboard.Dashboards(
                                () -> contracts,
                                (guest, ask) -> CompletableFuture.completedFuture(
                                        new io.ridethrough.target.way.Told.Barred("nothing is asked here")),
                                new io.ridethrough.dashboard.DashboardShelf(folder.resolve("dashboards")),
                                time::now),
                        journal,
                        "LAB",
                        time::now));
        engine.bind("receipts", new ReceiptsApi(tokens, journal, List::of, "LAB"));
        engine.bind("health", new Health(tokens, List::of, ready, standard, "test"));
        engine.context().getShutdownStrategy().setTimeout(1);
        engine.start();
    }

    /** The process ends in the middle of things; its world goes on. */
    void die() {
        journal.close();
        engine.close();
    }

    @Override
    public void close() {
        engine.close();
        journal.close();
        executor.shutdownNow();
    }
}
