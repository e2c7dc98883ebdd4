package io.ridethrough.cli;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Policy;
import io.ridethrough.contract.Site;
import io.ridethrough.drill.Course;
import io.ridethrough.drill.Drill;
import io.ridethrough.drill.Finding;
import io.ridethrough.drill.Judge;
import io.ridethrough.drill.Played;
import io.ridethrough.drill.Scenario;
import io.ridethrough.lab.LabGuard;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Plays scenarios with contracts in simulated worlds of their own, each with a service of its own, all in this process.
 * Nothing of the installation is read but its settings, and nothing of it is changed.
 *
 * @param settings where the routes are; home, port and contracts are others in the lab
 * @param at where worlds and services keep what is theirs
 */
record Rehearsal(Contracts contracts, Settings settings, Path at, double speed) {
    /**
     * Plays scenarios at a site, several at once, and judges them.
     *
     * @param said hears what happens, a line each that begins with the scenario; from several threads, one at a time
     */
    Drill drill(Site site, List<Scenario> scenarios, int atOnce, Consumer<String> said) throws InterruptedException {
        ExecutorService players = Executors.newFixedThreadPool(atOnce);
        Object voice = new Object();
        try {
            List<Future<Played>> playing = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                Consumer<String> own = what -> {
                    synchronized (voice) {
                        said.accept(scenario.word() + ": " + what);
                    }
                };
                playing.add(players.submit(() -> judged(scenario, site, own)));
            }
            List<Played> played = new ArrayList<>();
            for (Future<Played> one : playing) {
                played.add(one.get());
            }
            List<String> refused =
                    LabGuard.violations().stream().map(Object::toString).toList();
            return Drill.of(site.id(), contracts, Instant.now(), speed, played, refused);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UserError error
                    ? error
                    : new IllegalStateException("the lab failed at a scenario", e.getCause());
        } finally {
            players.shutdownNow();
            var unused = players.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private Played judged(Scenario scenario, Site site, Consumer<String> said)
            throws IOException, InterruptedException {
        Optional<String> pointless = scenario.pointlessAt(site);
        if (pointless.isPresent()) {
            said.accept(pointless.get() + ": there is nothing to play");
            return Played.nothing(scenario, pointless.get());
        }
        Played played = Judge.of(site, play(scenario, site, said));
        long failed = played.findings().stream()
                .filter(finding -> finding.verdict() == Finding.Verdict.FAILED)
                .count();
        said.accept(failed == 0 ? "ends well" : "ends; " + failed + " expectations failed");
        return played;
    }

    /** Plays one scenario at a site; what was seen. */
    Course play(Scenario scenario, Site site, Consumer<String> said) throws IOException, InterruptedException {
        Path own = Files.createDirectories(at.resolve(site.id() + "-" + scenario.word()));
        double pace = scenario.speed(speed);
        try (LabWorld world = LabWorld.start(contracts, new LabOptions(pace, own.resolve("world")));
                Service service = service(own.resolve("state"), world, pace)) {
            return new ScenarioPlay(
                            scenario,
                            contracts,
                            site,
                            world,
                            service.client(),
                            () -> service.power.notSafe(site.id()),
                            pace,
                            said)
                    .play();
        }
    }

    /** One after the other: a port that is free must be taken before the next one is looked for. */
    private Service service(Path state, LabWorld world, double pace) {
        synchronized (contracts) {
            Settings inLab = settings.onFreePort()
                    .with("ridethrough.power.tick", "50")
                    .with("ridethrough.armed", "")
                    .with("ridethrough.receipts.anchor", "")
                    .with("ridethrough.home", state.toString());
            return Service.start(
                    inLab,
                    Home.at(state),
                    withoutWindows(),
                    LabClient.world(world.wiring(), LabClient.banner(pace), pace));
        }
    }

    /** Windows keep to the real clock, and none may begin amid a drill. */
    private Contracts withoutWindows() {
        return new Contracts(
                contracts.sites(),
                new Policy(
                        List.of(),
                        contracts.policy().checks(),
                        contracts.policy().between()),
                contracts.assumptions(),
                contracts.digest(),
                contracts.wording(),
                contracts.kept());
    }
}
