package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Ups;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.plan.PlanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The main job on one simulated site: a flap, an outage with a hung guest, the return. */
final class LabStory {
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);

    private final Site site;
    private final LabWorld world;
    private final Service service;
    private final ServiceClient client;
    private final Screen screen;
    private final List<String> played = new ArrayList<>();
    private String heard = "";

    LabStory(Screen screen, Site site, LabWorld world, Service service) {
        this.site = site;
        this.world = world;
        this.service = service;
        this.client = service.client();
        this.screen = screen;
    }

    int play() throws InterruptedException {
        say("the stage is " + site.id() + " (" + site.title() + ")");
        client.post(
                "sites/" + site.id() + "/readiness",
                JsonNodeFactory.instance.objectNode().put("readiness", "armed"));
        say("armed");
        until("hears its UPS", () -> !service.power.report(site.id()).contains("not been heard"));
        flap();
        int down = outage();
        int up = comesBack();
        summary();
        return Math.max(down, up);
    }

    /** What was played and how it ended, from the receipts and from the hosts themselves. */
    private void summary() {
        say("");
        say("Summary of " + site.id());
        say("  flap     ignored: shorter than the hold of "
                + PlanText.clock((double) site.power().policy().outageHold().toSeconds()) + "; nothing was commanded");
        say("  outage   " + ended(0));
        say("  return   " + ended(1));
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

    private int outage() throws InterruptedException {
        Optional<Guest> hung = site.guests().stream().filter(Guest::mayForce).findFirst();
        hung.ifPresent(guest -> {
            world.fault(guest.id(), new Fault.Hang());
            say("guest " + guest.id() + " will not answer its shutdown");
        });
        say("the mains fail, and stay away");
        cut();
        return follow();
    }

    private int comesBack() throws InterruptedException {
        site.guests().forEach(guest -> world.heal(guest.id()));
        say("the mains are back");
        restore();
        return follow();
    }

    private int follow() throws InterruptedException {
        until("a run", () -> {
            tell();
            return openRun().isPresent();
        });
        String run = openRun().orElseThrow();
        played.add(run);
        return new Following(client, screen).toTheEnd(List.of(run));
    }

    private Optional<String> openRun() {
        return service.runs.runAt(site.id());
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
        return service.power.report(site.id());
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
