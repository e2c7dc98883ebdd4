package io.ridethrough.camel.hands;

import io.ridethrough.contract.Guest;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.target.BootId;
import io.ridethrough.target.Said;
import io.ridethrough.target.proxmox.GuestCommands;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.wake.Waker.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** WAKE: on is a host that tells its boot id, and that is not still on its way down; a node's Proxmox and a
 * NAS's volumes and exports must be there too. */
final class HostWake implements Hands {
    private static final int TIMES = 3;
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Hosts hosts;
    private final Tools tools;
    private final PowerKnowledge power;
    private final NasReady nases;

    HostWake(Hosts hosts, Tools tools, PowerKnowledge power) {
        this.hosts = hosts;
        this.tools = tools;
        this.power = power;
        this.nases = new NasReady(tools);
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

    /** Every declared way, in order; that packets left says nothing of what they do. */
    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        List<WakeWay> declared = hosts.of(step).orElseThrow().wake();
        List<WakeWay.WakeOnLan> ways = declared.stream()
                .filter(WakeWay.WakeOnLan.class::isInstance)
                .map(WakeWay.WakeOnLan.class::cast)
                .toList();
        if (ways.isEmpty()) {
            return CompletableFuture.completedFuture(
                    declared.isEmpty()
                            ? new Answer.Declined("no way to wake it is declared: only a person can")
                            : new Answer.Accepted("nothing is sent: it is declared to come up without us"));
        }
        CompletionStage<List<Sent>> sent = CompletableFuture.completedFuture(new ArrayList<>());
        for (WakeWay.WakeOnLan way : ways) {
            sent = sent.thenCompose(before -> tools.waker().wake(way).thenApply(now -> {
                before.add(now);
                return before;
            }));
        }
        return sent.thenApply(HostWake::answer);
    }

    private static Answer answer(List<Sent> sent) {
        List<String> away = sent.stream()
                .filter(Sent.Away.class::isInstance)
                .map(s -> ((Sent.Away) s).evidence())
                .toList();
        if (!away.isEmpty()) {
            return new Answer.Accepted(String.join("; ", away));
        }
        return new Answer.Undelivered(
                String.join("; ", sent.stream().map(s -> ((Sent.Stuck) s).why()).toList()));
    }

    /** A packet may be lost: it is sent anew after each boot time without an answer. */
    @Override
    public List<Rung> ladder(Step step) {
        return hosts.of(step)
                .map(host -> Collections.nCopies(
                        TIMES, new Rung(Rung.Force.GRACEFUL, host.boot().plus(MARGIN))))
                .orElse(List.of());
    }
}
