package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Trace;
import io.ridethrough.target.Said;
import io.ridethrough.target.redfish.RedfishAsk;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.wake.WakeCommand;
import io.ridethrough.target.wake.Waker.Sent;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sends what one declared way to wake a host takes; whether it woke is seen elsewhere. */
final class Waking {
    /** What a power supply holds is gone by then. */
    private static final Duration OUTLET_OFF = Duration.ofSeconds(10);

    private final Tools tools;
    private final Hosts hosts;
    private final PowerPaths paths;

    Waking(Tools tools, Hosts hosts, PowerPaths paths) {
        this.tools = tools;
        this.hosts = hosts;
        this.paths = paths;
    }

    /** The ways for which something is sent, in their order. */
    static List<WakeWay> sendable(PowerHost host) {
        return host.wake().stream()
                .filter(way -> !(way instanceof WakeWay.Unaided))
                .toList();
    }

    /** @param limit how long sending may take */
    CompletionStage<Answer> send(PowerHost host, WakeWay way, Duration limit) {
        if (way instanceof WakeWay.WakeOnLan lan && lan.from().isPresent()) {
            return helped(lan, lan.from().get());
        }
        if (way instanceof WakeWay.WakeOnLan lan) {
            return tools.waker().wake(lan).thenApply(Waking::answer);
        }
        if (way instanceof WakeWay.Management management) {
            return paths.managements()
                    .ask(management.controller(), new RedfishAsk.On(limit))
                    .thenApply(Answers::of);
        }
        if (way instanceof WakeWay.PoweredPort port) {
            return hosts.standing(host).thenCompose(standing -> cycled(host, standing, port, limit));
        }
        return CompletableFuture.completedFuture(
                new Answer.Accepted("nothing is sent: it is declared to come up without us"));
    }

    private CompletionStage<Answer> helped(WakeWay.WakeOnLan way, AssetId helper) {
        return tools.shell().run(helper, WakeCommand.of(way)).thenApply(result -> helped(result, way, helper));
    }

    private static Answer helped(CommandResult result, WakeWay.WakeOnLan way, AssetId helper) {
        String said = helper + ": " + Said.by(result);
        if (result instanceof CommandResult.Undelivered) {
            return new Answer.Undelivered(said);
        }
        if (result instanceof CommandResult.Exited exited) {
            return switch (exited.code()) {
                case 0 ->
                    new Answer.Accepted("magic packets for each of " + String.join(", ", way.macs()) + " to "
                            + way.broadcast() + ":" + way.port() + " sent by " + helper);
                case WakeCommand.NOT_INSTALLED -> new Answer.Undelivered("wakeonlan is not installed: " + said);
                default -> new Answer.Declined(said);
            };
        }
        return new Answer.Lost(said);
    }

    /** Power is taken only from what does not answer at all: what answers is on its way, and what is not seen may be. */
    private CompletionStage<Answer> cycled(
            PowerHost host, Hosts.Standing standing, WakeWay.PoweredPort way, Duration limit) {
        if (standing instanceof Hosts.Standing.Silent) {
            return way.feed() == WakeWay.Feed.OUTLET
                    ? outlet(host, way, limit)
                    : paths.ports()
                            .cycle(way.controller(), new UnifiAsk.CyclePort(way.mac(), way.port(), limit), host.id())
                            .thenApply(Answers::of);
        }
        String why = "its power is not cut, since it is not silent: " + standing;
        return CompletableFuture.completedFuture(
                standing instanceof Hosts.Standing.Blind ? new Answer.Undelivered(why) : new Answer.Accepted(why));
    }

    /** Off, and on again after what its power supply holds; one that may be off is switched on whatever was answered. */
    private CompletionStage<Answer> outlet(PowerHost host, WakeWay.PoweredPort way, Duration limit) {
        return relay(host, way, false, limit).thenCompose(off -> {
            Answer said = Answers.of(off);
            return said instanceof Answer.Accepted || said instanceof Answer.Lost
                    ? tools.time()
                            .after(OUTLET_OFF)
                            .thenCompose(passed -> relay(host, way, true, limit))
                            .thenApply(Answers::of)
                    : CompletableFuture.completedFuture(said);
        });
    }

    private CompletionStage<Told> relay(PowerHost host, WakeWay.PoweredPort way, boolean on, Duration limit) {
        return paths.ports()
                .cycle(way.controller(), new UnifiAsk.SwitchOutlet(way.mac(), way.port(), on, limit), host.id());
    }

    /** What may be done about a sending of which no answer was recorded (R19). */
    static Trace repeat(WakeWay way) {
        if (way instanceof WakeWay.WakeOnLan) {
            return new Trace.Harmless("a magic packet more does no more");
        }
        if (way instanceof WakeWay.AlarmClock) {
            return new Trace.Harmless("an alarm is waited for: nothing is sent");
        }
        return way instanceof WakeWay.Management
                ? new Trace.Harmless("what is on stays as it is when it is switched on")
                : new Trace.Untold("no record is kept there");
    }

    /** That packets left says nothing of what they do. */
    private static Answer answer(Sent sent) {
        return sent instanceof Sent.Away away
                ? new Answer.Accepted(away.evidence())
                : new Answer.Undelivered(((Sent.Stuck) sent).why());
    }
}
