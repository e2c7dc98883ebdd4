package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Trace;
import io.ridethrough.target.Said;
import io.ridethrough.target.plug.PlugTold;
import io.ridethrough.target.redfish.RedfishAsk;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.unifi.UnifiTold;
import io.ridethrough.target.wake.WakeCommand;
import io.ridethrough.target.wake.Waker.Sent;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Sends what one declared way to wake a host takes; whether it woke is seen elsewhere. */
final class Waking {
    /** What a power supply holds is gone by then. */
    private static final Duration OUTLET_OFF = Duration.ofSeconds(10);

    private final Tools tools;
    private final Hosts hosts;
    private final PowerPaths paths;
    private final PlugPower plugs;

    Waking(Tools tools, Hosts hosts, PowerPaths paths) {
        this.tools = tools;
        this.hosts = hosts;
        this.paths = paths;
        this.plugs = new PlugPower(paths.plugs(), tools.time());
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
            return port.feed() == WakeWay.Feed.OUTLET
                    ? outlet(host, port, limit)
                    : whereSilent(host, () -> port(host, port, limit));
        }
        if (way instanceof WakeWay.Plug plug) {
            return plugs.state(plug).thenCompose(told -> plugged(host, plug, told, limit));
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

    /** A plug that is off is all that it takes; one that is on is no reason yet for what is silent. */
    private CompletionStage<Answer> plugged(PowerHost host, WakeWay.Plug way, Told told, Duration limit) {
        if (!(told instanceof PlugTold.State state)) {
            return CompletableFuture.completedFuture(Answers.of(told));
        }
        if (!state.on()) {
            return plugs.on(way, limit);
        }
        return way.force()
                ? whereSilent(host, () -> plugs.cycled(way, limit))
                : CompletableFuture.completedFuture(new Answer.Declined(
                        way.device() + " is " + state.words() + " already, and force is not permitted for it"));
    }

    /** Power is taken only from what does not answer at all: what answers is on its way, and what is not seen may be. */
    private CompletionStage<Answer> whereSilent(PowerHost host, Supplier<CompletionStage<Answer>> cycle) {
        return hosts.standing(host).thenCompose(standing -> {
            if (standing instanceof Hosts.Standing.Silent silent && !silent.refuses()) {
                return cycle.get();
            }
            String why = "its power is not cut, since it is not silent: " + standing;
            return CompletableFuture.completedFuture(
                    standing instanceof Hosts.Standing.Blind ? new Answer.Undelivered(why) : new Answer.Accepted(why));
        });
    }

    private CompletionStage<Answer> port(PowerHost host, WakeWay.PoweredPort way, Duration limit) {
        return paths.ports()
                .cycle(way.controller(), new UnifiAsk.CyclePort(way.mac(), way.port(), limit), host.id())
                .thenApply(Answers::of);
    }

    /** One that may be off needs to be on, and no more; power is taken from one that is on, or of which nothing is told. */
    private CompletionStage<Answer> outlet(PowerHost host, WakeWay.PoweredPort way, Duration limit) {
        return stands(way)
                .thenCompose(told -> mayBeOff(way, told)
                        ? relay(host, way, true, limit).thenApply(Answers::of)
                        : whereSilent(host, () -> cycled(host, way, limit)));
    }

    private CompletionStage<Told> stands(WakeWay.PoweredPort outlet) {
        return paths.controllers().ask(outlet.controller(), new UnifiAsk.Outlets());
    }

    private static boolean mayBeOff(WakeWay.PoweredPort way, Told told) {
        return told instanceof UnifiTold.Outlets all
                && all.outlets().stream()
                        .filter(one -> one.mac().equalsIgnoreCase(way.mac()) && one.index() == way.port())
                        .anyMatch(UnifiTold.Outlet::mayBeOff);
    }

    /** Off, and on again after what its power supply holds; one that may be off is switched on whatever was answered. */
    private CompletionStage<Answer> cycled(PowerHost host, WakeWay.PoweredPort way, Duration limit) {
        return relay(host, way, false, limit).thenCompose(off -> {
            Answer said = Answers.of(off);
            return said instanceof Answer.Accepted || said instanceof Answer.Lost
                    ? tools.time()
                            .after(OUTLET_OFF)
                            .thenCompose(passed -> relay(host, way, true, limit))
                            .thenApply(on -> Answers.cycled(off, on))
                    : CompletableFuture.completedFuture(said);
        });
    }

    private CompletionStage<Told> relay(PowerHost host, WakeWay.PoweredPort way, boolean on, Duration limit) {
        return paths.ports()
                .cycle(way.controller(), new UnifiAsk.SwitchOutlet(way.mac(), way.port(), on, limit), host.id());
    }

    /** What may be done about a sending of which no answer was recorded (R19). */
    CompletionStage<Trace> repeat(WakeWay way) {
        if (way instanceof WakeWay.Plug plug) {
            return plugs.state(plug).thenApply(Waking::left);
        }
        if (way instanceof WakeWay.PoweredPort port && port.feed() == WakeWay.Feed.OUTLET) {
            return stands(port).thenApply(told -> left(port, told));
        }
        Trace trace = new Trace.Untold("no record is kept there");
        if (way instanceof WakeWay.AlarmClock) {
            trace = new Trace.Harmless("an alarm is waited for: nothing is sent");
        } else if (way instanceof WakeWay.WakeOnLan) {
            trace = new Trace.Harmless("a magic packet more does no more");
        } else if (way instanceof WakeWay.Management) {
            trace = new Trace.Harmless("what is on stays as it is when it is switched on");
        }
        return CompletableFuture.completedFuture(trace);
    }

    /** One that is on may have given power a moment ago: its host is given the time to boot. */
    private static Trace left(Told told) {
        return told instanceof PlugTold.State state && !state.on()
                ? new Trace.Harmless("its plug is off: it is switched on, and no more")
                : new Trace.Untold("its plug: " + told.words());
    }

    private static Trace left(WakeWay.PoweredPort way, Told told) {
        return mayBeOff(way, told)
                ? new Trace.Harmless("its outlet is off: it is switched on, and no more")
                : new Trace.Untold("its outlet is not seen to be off");
    }

    /** That packets left says nothing of what they do. */
    private static Answer answer(Sent sent) {
        return sent instanceof Sent.Away away
                ? new Answer.Accepted(away.evidence())
                : new Answer.Undelivered(((Sent.Stuck) sent).why());
    }
}
