package io.ridethrough.camel.hands;

import io.ridethrough.contract.Guest;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Trace;
import io.ridethrough.target.BootId;
import io.ridethrough.target.Said;
import io.ridethrough.target.proxmox.GuestCommands;
import io.ridethrough.target.ssh.CommandResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** WAKE: on is a host that tells its boot id, and that is not still on its way down; a node's Proxmox and a
 * NAS's volumes and exports must be there too. */
final class HostWake implements Hands {
    private static final int ROUNDS = 3;
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final Hosts hosts;
    private final Tools tools;
    private final PowerKnowledge power;
    private final NasReady nases;
    private final Waking waking;

    HostWake(Hosts hosts, Tools tools, PowerKnowledge power, PowerPaths paths) {
        this.hosts = hosts;
        this.tools = tools;
        this.power = power;
        this.nases = new NasReady(tools);
        this.waking = new Waking(tools, hosts, paths);
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        Optional<PowerHost> host = hosts.of(step);
        return host.isEmpty()
                ? CompletableFuture.completedFuture(new Sight.Mismatch("not a node or NAS: nothing to wake"))
                : hosts.standing(host.get()).thenCompose(standing -> judged(host.get(), standing));
    }

    private CompletionStage<Sight> judged(PowerHost host, Hosts.Standing standing) {
        if (standing instanceof Hosts.Standing.On on) {
            return on(host, on.boot());
        }
        String why = standing instanceof Hosts.Standing.Partly partly
                ? partly.why()
                : standing instanceof Hosts.Standing.Silent silent
                        ? silent.why()
                        : ((Hosts.Standing.Blind) standing).why();
        return CompletableFuture.completedFuture(new Sight.Unseen(why));
    }

    private CompletionStage<Sight> on(PowerHost host, BootId boot) {
        if (power.isGoingOff(host.id(), boot)) {
            return CompletableFuture.completedFuture(
                    new Sight.Other("still in boot " + boot.value() + ", which was told to power off"));
        }
        Sight on = new Sight.Desired("on, boot id " + boot.value());
        if (host.kind() == PowerHost.Kind.NAS) {
            return nases.ready(host.id(), on);
        }
        return tools.shell()
                .run(host.id(), GuestCommands.list(Guest.Form.VM, host.ssh().sudo()))
                .thenApply(result -> result instanceof CommandResult.Exited exited && exited.code() == 0
                        ? on
                        : new Sight.Other("on, but Proxmox is not ready: " + Said.by(result)));
    }

    /** One way, the rung's: each is proved before the next is tried. */
    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        PowerHost host = hosts.of(step).orElseThrow();
        if (host.wake().isEmpty()) {
            return CompletableFuture.completedFuture(
                    new Answer.Declined("no way to wake it is declared: only a person can"));
        }
        WakeWay way = way(host, rung);
        return way instanceof WakeWay.AlarmClock
                ? CompletableFuture.completedFuture(awaited(host))
                : waking.send(host, way, limit);
    }

    /** Nothing is sent for an alarm; where none is to come the next way need not wait for it. */
    private Answer awaited(PowerHost host) {
        OptionalLong left = left(host);
        if (left.isEmpty()) {
            return new Answer.Declined("no alarm of its clock is known to be set");
        }
        long seconds = Duration.ofNanos(left.getAsLong()).toSeconds();
        return left.getAsLong() > 0
                ? new Answer.Awaited("nothing is sent: its clock's alarm rings in " + seconds + " s")
                : new Answer.Declined("its clock's alarm rang " + -seconds + " s ago");
    }

    /** How many nanoseconds are left until its alarm rings; below 0 when that is past. */
    private OptionalLong left(PowerHost host) {
        OptionalLong rings = power.alarm(host.id()).rings();
        return rings.isPresent()
                ? OptionalLong.of(rings.getAsLong() - tools.time().nanos())
                : rings;
    }

    @Override
    public CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
        return hosts.of(step)
                .filter(host -> !host.wake().isEmpty())
                .map(host -> waking.repeat(way(host, rung)))
                .orElseGet(() -> CompletableFuture.completedFuture(new Trace.Untold("nothing is sent")));
    }

    private static WakeWay way(PowerHost host, Rung rung) {
        List<WakeWay> ways = Waking.sendable(host);
        return ways.isEmpty() ? host.wake().get(0) : ways.get(Math.min(rung.way(), ways.size() - 1));
    }

    /**
     * Rounds of all declared ways: each is given the boot time, since what is sent may be lost and nothing answers but
     * the host itself.
     */
    @Override
    public List<Rung> ladder(Step step) {
        return hosts.of(step).map(this::rounds).orElse(List.of());
    }

    private List<Rung> rounds(PowerHost host) {
        int ways = Math.max(1, Waking.sendable(host).size());
        return IntStream.range(0, ROUNDS * ways)
                .mapToObj(place -> new Rung(Rung.Force.GRACEFUL, patience(host, place, ways), place % ways))
                .toList();
    }

    /**
     * An alarm rings once: it is waited for in the first round, by its time. Where an earlier process may have set one and
     * nothing else wakes the host, it may still ring.
     */
    private Duration patience(PowerHost host, int place, int ways) {
        Duration boot = host.boot().plus(MARGIN);
        if (Waking.sendable(host).isEmpty()
                || !(Waking.sendable(host).get(place % ways) instanceof WakeWay.AlarmClock alarm)) {
            return boot;
        }
        OptionalLong left = left(host);
        if (place < ways && left.isPresent()) {
            return boot.plusNanos(Math.max(0, left.getAsLong()));
        }
        if (ways > 1) {
            return GLANCE;
        }
        boolean untold = power.alarm(host.id()).equals(AlarmClock.Alarm.NONE);
        return place == 0 && untold ? boot.plus(alarm.after()) : boot;
    }
}
