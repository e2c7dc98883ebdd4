package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Ups;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.Fault;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;

/** The main job on one simulated site: a flap, an outage with a hung guest, the return. */
final class LabStory {
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);

    private final String banner;
    private final Site site;
    private final LabWorld world;
    private final Service service;
    private final ServiceClient client;
    private String heard = "";

    LabStory(String banner, Site site, LabWorld world, Service service) {
        this.banner = banner;
        this.site = site;
        this.world = world;
        this.service = service;
        this.client = service.client();
    }

    int play() throws InterruptedException {
        say(site.id() + ": " + site.title() + ". Every address is a loopback socket; nothing real is touched.");
        client.post(
                "sites/" + site.id() + "/readiness",
                JsonNodeFactory.instance.objectNode().put("readiness", "armed"));
        say("armed");
        until("hears its UPS", () -> !service.power.report(site.id()).contains("not been heard"));
        flap();
        int down = outage();
        int up = comesBack();
        StatusCommand.print(
                System.out, client.get("sites").json(), client.get("runs").json());
        long lost = world.violations().size();
        say(
                lost == 0
                        ? "no host lost power or a mount under anything that ran"
                        : lost + " violations seen by the hosts");
        return Math.max(down, up);
    }

    private void flap() throws InterruptedException {
        say("the mains fail for two seconds");
        cut();
        until("on battery", () -> report().contains("on battery"));
        tell();
        restore();
        until("the mains are back", () -> !report().startsWith("on battery,"));
        tell();
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
        return WatchCommand.follow(
                client, run, new RunScreen(System.out, banner, CommandLine.Help.Ansi.AUTO.enabled()));
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
        System.out.println(banner + "  " + what);
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
