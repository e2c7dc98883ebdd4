package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Ups;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.plan.PlanText;
import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The main job on one simulated site: a flap, an outage with a hung guest in the middle of which the service itself is
 * killed, the return.
 */
final class LabStory {
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);

    private final Site site;
    private final LabWorld world;
    private final LabService service;
    private final ServiceClient client;
    private final Screen screen;
    private final List<String> played = new ArrayList<>();
    private String heard = "";
    private String killed = "not killed";

    LabStory(Screen screen, Site site, LabWorld world, LabService service) {
        this.site = site;
        this.world = world;
        this.service = service;
        this.client = service.client();
        this.screen = screen;
    }

    int play() throws InterruptedException, IOException {
        say("the stage is " + site.id() + " (" + site.title() + ")");
        client.post(
                        "sites/" + site.id() + "/readiness",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("readiness", "armed")
                                .put("waive-rehearsal", "nothing here is real"))
                .orRefusal();
        say("armed");
        until("hears its UPS", () -> !report().contains("not been heard"));
        String before = parity();
        flap();
        int down = outage();
        int up = comesBack();
        summary();
        say("  parity   before " + before);
        say("           after  " + parity());
        LabReceipts.Shown receipts =
                new LabReceipts(Objects.requireNonNull(service.config().getParent()), client).show();
        receipts.lines().forEach(this::say);
        int told = sentTwice().isEmpty() ? receipts.code() : Exit.INCOMPLETE;
        return Math.max(Math.max(down, up), told);
    }

    /** How much of the standard holds at each site, evaluated now. */
    private String parity() {
        List<String> sites = new ArrayList<>();
        client.post("parity", JsonNodeFactory.instance.objectNode())
                .orRefusal()
                .path("sites")
                .forEach(one -> sites.add(
                        one.path("site").asText() + " " + one.path("score").asInt() + " %"));
        return String.join(", ", sites) + " of the standard hold";
    }

    /** What was played and how it ended, from the receipts and from the hosts themselves. */
    private void summary() {
        say("");
        say("Summary of " + site.id());
        say("  flap     ignored: shorter than the hold of "
                + PlanText.clock((double) site.power().policy().outageHold().toSeconds()) + "; nothing was commanded");
        say("  outage   " + ended(0));
        say("  return   " + ended(1));
        List<String> twice = sentTwice();
        say("  service  " + killed + ", " + twice.size() + " of "
                + world.takenDown().size() + " commands sent twice (hosts' own log)"
                + (twice.isEmpty() ? "" : ": " + twice));
        long lost = world.violations().size();
        say("  hosts    "
                + (lost == 0
                        ? "none lost power or a mount under anything that ran"
                        : lost + " lost power or a mount under something that ran"));
    }

    private String ended(int nth) {
        if (nth >= played.size()) {
            return "was not played";
        }
        JsonNode receipt = client.get("runs/" + played.get(nth)).orRefusal();
        List<String> forced = StepWords.of(receipt).stream()
                .filter(StepWords::forced)
                .map(step -> step.path("asset").asText())
                .toList();
        List<String> troubled = StepWords.of(receipt).stream()
                .filter(StepWords::troubled)
                .map(StepWords::id)
                .toList();
        return receipt.path("result").asText() + " after "
                + PlanText.clock(StepWords.seconds(receipt.path("took"))) + ", by forecast "
                + PlanText.clock(StepWords.seconds(receipt.path("forecast"))) + ", "
                + StepWords.of(receipt).size() + " steps" + (forced.isEmpty() ? "" : "; forced: " + forced)
                + (troubled.isEmpty() ? "" : "; not well: " + troubled);
    }

    /** The runs that were played, in order. */
    List<String> played() {
        return List.copyOf(played);
    }

    private void flap() throws InterruptedException {
        say("the mains fail for two seconds");
        cut();
        until("on battery", () -> report().contains("on battery"));
        tell();
        restore();
        until("the mains are back", () -> !report().startsWith("on battery,"));
        tell();
        say("ignored, as it should be: nothing was commanded");
    }

    private int outage() throws InterruptedException, IOException {
        Optional<Guest> hung = site.guests().stream().filter(Guest::mayForce).findFirst();
        hung.ifPresent(guest -> {
            world.fault(guest.id(), new Fault.Hang());
            say("guest " + guest.id() + " will not answer its shutdown");
        });
        say("the mains fail, and stay away");
        cut();
        String run = begun();
        killAmid(run);
        return follow(run);
    }

    private int comesBack() throws InterruptedException {
        site.guests().forEach(guest -> world.heal(guest.id()));
        say("the mains are back");
        restore();
        return follow(begun());
    }

    private String begun() throws InterruptedException {
        until("a run", () -> {
            tell();
            return openRun().isPresent();
        });
        String run = openRun().orElseThrow();
        played.add(run);
        return run;
    }

    private int follow(String run) throws InterruptedException {
        return new Following(client, screen).toTheEnd(List.of(run));
    }

    /** Kills the service where a third of the steps have settled and something is under way, and starts it again. */
    private void killAmid(String run) throws InterruptedException, IOException {
        until("the middle of the shutdown", () -> {
            JsonNode view = client.get("runs/" + run).orRefusal();
            List<JsonNode> steps = StepWords.of(view);
            screen.show(List.of(view));
            return !view.path("open").asBoolean()
                    || (3 * steps.stream().filter(StepWords::settled).count() >= steps.size()
                            && steps.stream().anyMatch(StepWords::running));
        });
        String at = LocalTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT));
        long dead = System.nanoTime();
        long pid = service.kill();
        say("kill -9 " + pid + ": the service is dead in mid-shutdown; the hosts go on without it");
        service.again();
        client.get("runs/" + run).orRefusal();
        String back = String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - dead) / 1e9);
        say("started again: back in " + back + ", goes on with the run from its journal");
        killed = "killed with -9 at " + at + ", back in " + back;
    }

    /** The commands that came twice, by the hosts' own log. */
    private List<String> sentTwice() {
        return world.takenDown().entrySet().stream()
                .filter(command -> command.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Optional<String> openRun() {
        return Optional.of(site().path("run").asText()).filter(run -> !run.isEmpty());
    }

    private void cut() {
        for (Ups ups : site.power().upses()) {
            world.ups(ups.id()).cut();
        }
    }

    private void restore() {
        for (Ups ups : site.power().upses()) {
            world.ups(ups.id()).restore();
        }
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

    /** Says the power's state where it is another than before; a charge that only rises is not. */
    private void tell() {
        String now = report();
        String gist = now.replaceAll("[0-9]+ %", "%");
        if (!gist.equals(heard)) {
            say("power: " + now);
            heard = gist;
        }
    }

    private void say(String what) {
        screen.say(what);
    }

    private static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new UserError("the lab waited in vain for: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
