package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.drill.Course;
import io.ridethrough.drill.Scenario;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.LabEvent;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.lab.net.LabUps;
import io.ridethrough.plan.PlanText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plays one scenario at one site of a simulated world, against a service that acts on it, and tells what was seen. Judges
 * nothing. Played once.
 */
final class ScenarioPlay {
    /** Simulated: no step of a shutdown or startup is waited for longer in all. */
    private static final Duration LONGEST = Duration.ofHours(3);

    private static final long AT_LEAST_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int FULL = 100;

    private final Scenario scenario;
    private final Contracts contracts;
    private final Site site;
    private final LabWorld world;
    private final ServiceClient client;
    private final Supplier<Optional<String>> notSafe;
    private final double speed;
    private final Consumer<String> said;
    private final Set<AssetId> byHand = new TreeSet<>();
    private final Set<String> shed = new TreeSet<>();
    private final Set<AssetId> stuck = new TreeSet<>();
    private final List<String> waited = new ArrayList<>();
    private String heard = "";

    /**
     * @param notSafe why the service does not know the site's power to be good, if so
     * @param said hears what happens, a sentence each, while it is played
     */
    ScenarioPlay(
            Scenario scenario,
            Contracts contracts,
            Site site,
            LabWorld world,
            ServiceClient client,
            Supplier<Optional<String>> notSafe,
            double speed,
            Consumer<String> said) {
        this.scenario = scenario;
        this.contracts = contracts;
        this.site = site;
        this.world = world;
        this.client = client;
        this.notSafe = notSafe;
        this.speed = speed;
        this.said = said;
    }

    /** Plays it to its end. */
    Course play() throws InterruptedException {
        client.post(
                        "sites/" + site.id() + "/readiness",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("readiness", "armed")
                                .put("waive-rehearsal", "this is the rehearsal"))
                .orRefusal();
        until("word of every UPS", this::heardMains);
        Set<AssetId> ran = running();
        prepare();
        JsonNode forecast = forecast();
        int from = world.events().size();
        if (scenario == Scenario.SHORT_FLAP) {
            flap();
            return course(forecast, from, ran, Optional.empty(), Optional.empty());
        }
        cut();
        Optional<String> down = begun("");
        down.ifPresent(run -> said.accept("the shutdown begins: " + reason(run)));
        if (scenario == Scenario.DEAD_BATTERY) {
            until("the end of the run or of the battery", () -> down.isEmpty() || !open(down.get()) || !fed());
            said.accept(fed() ? "all is down before the battery is empty" : "the battery is empty");
            return course(forecast, from, ran, down.flatMap(this::receipt), Optional.empty());
        }
        if (down.isEmpty()) {
            return course(forecast, from, ran, Optional.empty(), Optional.empty());
        }
        Optional<String> up = comesBack(down.get());
        return course(forecast, from, ran, receipt(down.get()), up.flatMap(this::receipt));
    }

    private Course course(
            JsonNode forecast, int from, Set<AssetId> ran, Optional<JsonNode> shutdown, Optional<JsonNode> startup) {
        Set<AssetId> up = running();
        List<LabEvent> log = world.events();
        return new Course(
                scenario,
                speed,
                forecast,
                log.subList(from, log.size()),
                shutdown,
                startup,
                ran,
                up,
                byHand,
                stuck,
                waited);
    }

    /** A bridge that speaks on change alone may have spoken before anybody listened. */
    private boolean heardMains() {
        upses().forEach(LabUps::tell);
        return notSafe.get().isEmpty();
    }

    private void prepare() throws InterruptedException {
        switch (scenario) {
            case DEAD_BATTERY -> {
                double third = needed(forecast()) / 3;
                upses().forEach(ups -> ups.setRuntime(Duration.ofMillis((long) (third * 1000))));
                until(
                        "a forecast that knows of the weak battery",
                        () -> forecast().path("battery").asDouble() < third * 1.3);
                upses().forEach(ups -> ups.setRuntime(Duration.ofMillis((long) (third * 1000))));
                said.accept("the battery holds " + PlanText.clock(third) + ", a third of what the plan needs");
            }
            case HUNG_GUESTS -> {
                List<Guest> mayForce =
                        site.guests().stream().filter(Guest::mayForce).toList();
                for (int i = 0; i < mayForce.size(); i += 3) {
                    fail(mayForce.get(i).id(), new Fault.Hang());
                }
                said.accept("will not answer their shutdown: " + listed(stuck));
            }
            case LOST_NAS -> {
                site.nases().forEach(nas -> fail(nas.id(), new Fault.Refuse()));
                said.accept("every port refuses: " + listed(stuck));
            }
            default -> {}
        }
    }

    /** Seconds from the failure to the end of a shutdown that begins after the hold. */
    private double needed(JsonNode forecast) {
        double begins = forecast.path("begins").asDouble();
        return forecast.path("ends").asDouble()
                - begins
                + Math.min(begins, (double) site.power().policy().outageHold().toSeconds());
    }

    private void fail(AssetId asset, Fault fault) {
        world.fault(asset, fault);
        stuck.add(asset);
    }

    /** Mains return before the hold is over; then the hold passes once more, for nothing must come late. */
    private void flap() throws InterruptedException {
        Duration hold = site.power().policy().outageHold();
        cut();
        until("on battery", () -> report().contains("on battery"));
        tell();
        pass(hold.dividedBy(3));
        restore();
        until("the mains are back", () -> !report().startsWith("on battery,"));
        pass(hold);
        tell();
    }

    private Optional<String> comesBack(String down) throws InterruptedException {
        double amid = scenario.returnsAfter().orElse(Double.MAX_VALUE);
        until("the end of the shutdown", () -> {
            tell();
            JsonNode view = client.get("runs/" + ServiceClient.segment(down)).orRefusal();
            return !view.path("open").asBoolean()
                    || !fed()
                    || view.path("since").asDouble()
                            >= amid * view.path("forecast").asDouble();
        });
        restore();
        said.accept(open(down) ? "the mains are back, amid the shutdown" : "all that goes is down; the mains are back");
        until("the end of the shutdown", () -> !open(down));
        site.guests().forEach(guest -> world.heal(guest.id()));
        site.nases().forEach(nas -> world.heal(nas.id()));
        charge();
        Optional<String> up = begun(down);
        up.ifPresent(run -> said.accept("the startup begins: " + reason(run)));
        if (up.isPresent()) {
            until("the end of the startup", () -> {
                pressButtons();
                return !open(up.get());
            });
        }
        return up;
    }

    /** What no declared way wakes is switched on by a person, and the record says so. */
    private void pressButtons() {
        for (AssetId host : hosts(site).toList()) {
            List<WakeWay> ways = contracts
                    .asset(host)
                    .map(asset -> asset instanceof Node node
                            ? node.wake()
                            : asset instanceof Nas nas ? nas.wake() : List.<WakeWay>of())
                    .orElse(List.of());
            if (ways.isEmpty() && world.power(host) == LabHost.State.OFF) {
                world.pressPowerButton(host);
                if (byHand.add(host)) {
                    said.accept("a person presses the power button of " + host + ": no way to wake it is declared");
                }
            }
        }
    }

    /** How long charging takes is not rehearsed: enough for the return is there at once. */
    private void charge() {
        upses().forEach(ups -> ups.setCharge(FULL));
    }

    /** The next run about the whole site; what is shed before that is told. */
    private Optional<String> begun(String before) throws InterruptedException {
        List<String> found = new ArrayList<>();
        until(before.isEmpty() ? "a shutdown" : "a startup", () -> {
            tell();
            openRun().filter(run -> !run.equals(before) && !shed.contains(run)).ifPresent(run -> {
                if (isWhole(run)) {
                    found.add(run);
                } else if (shed.add(run)) {
                    said.accept("a part is shed: " + reason(run));
                }
            });
            return !found.isEmpty();
        });
        return found.stream().findFirst();
    }

    private boolean isWhole(String run) {
        return client.get("runs/" + ServiceClient.segment(run))
                .orRefusal()
                .path("scope")
                .asText()
                .equals(site.id().value());
    }

    private Optional<String> openRun() {
        return Optional.of(site().path("run").asText()).filter(run -> !run.isEmpty());
    }

    private boolean open(String run) {
        return client.get("runs/" + ServiceClient.segment(run))
                .orRefusal()
                .path("open")
                .asBoolean();
    }

    private String reason(String run) {
        return client.get("runs/" + ServiceClient.segment(run))
                .orRefusal()
                .path("reason")
                .asText();
    }

    private Optional<JsonNode> receipt(String run) {
        JsonNode view = client.get("runs/" + ServiceClient.segment(run)).orRefusal();
        return view.path("open").asBoolean() ? Optional.empty() : Optional.of(view);
    }

    private JsonNode forecast() {
        return client.get("sites/" + site.id() + "/forecast").orRefusal();
    }

    private Set<AssetId> running() {
        return Stream.concat(
                        hosts(site).filter(host -> world.power(host) == LabHost.State.UP),
                        site.guests().stream().map(Guest::id).filter(world::isRunning))
                .collect(Collectors.toSet());
    }

    private static Stream<AssetId> hosts(Site site) {
        return site.assets().stream()
                .filter(asset -> asset instanceof Node || asset instanceof Nas)
                .map(Asset::id);
    }

    private Stream<LabUps> upses() {
        return world.upses(site.id()).stream();
    }

    private boolean fed() {
        return world.feeds(site.id());
    }

    private void cut() {
        said.accept("the mains fail");
        upses().forEach(LabUps::cut);
    }

    private void restore() {
        upses().forEach(LabUps::restore);
    }

    private String report() {
        return site().path("power").asText();
    }

    private JsonNode site() {
        for (JsonNode one : client.get("sites").orRefusal().path("sites")) {
            if (one.path("site").asText().equals(site.id().value())) {
                return one;
            }
        }
        throw new UserError("the lab's service does not know " + site.id());
    }

    /** Says the power's state where it is another than before, numbers apart. */
    private void tell() {
        String now = report();
        String gist = now.replaceAll("[0-9:]+", "").replaceAll(";.*", "");
        if (!gist.equals(heard)) {
            said.accept("power: " + now);
            heard = gist;
        }
    }

    private static String listed(Set<AssetId> assets) {
        return assets.stream().map(AssetId::toString).collect(Collectors.joining(", "));
    }

    private void pass(Duration simulated) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep((long) (simulated.toNanos() / speed));
    }

    private boolean until(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Math.max(AT_LEAST_NANOS, (long) (LONGEST.toNanos() / speed));
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                waited.add(what);
                said.accept("waited in vain for " + what);
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return true;
    }
}
