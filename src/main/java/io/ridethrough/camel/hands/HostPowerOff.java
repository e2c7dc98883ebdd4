package io.ridethrough.camel.hands;

import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Busy;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.off.PowerProof;
import io.ridethrough.target.off.PowerProof.Verdict;
import io.ridethrough.target.proxmox.NodeAsk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** POWER_OFF: off is what was proven, or after long silence inferred and called so (R20). */
final class HostPowerOff implements Hands {
    private static final Duration COMMAND = Duration.ofSeconds(30);
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Hosts hosts;
    private final Tools tools;
    private final PowerKnowledge power;
    private final PowerProof proof;
    private final NodeWork work;
    private final NasWork nasWork;
    private final AlarmClock clock;
    private final PlugWatts watts;

    HostPowerOff(Hosts hosts, Tools tools, PowerKnowledge power, NodeWork work, AlarmClock clock, PlugWatts watts) {
        this.hosts = hosts;
        this.tools = tools;
        this.power = power;
        this.work = work;
        this.nasWork = new NasWork(tools);
        this.clock = clock;
        this.watts = watts;
        this.proof = new PowerProof(tools.knock(), new RunPace(tools.time()));
    }

    /** While an accepted power-off is being watched, a look waits for the end of the watch. */
    @Override
    public CompletionStage<Sight> look(Step step) {
        Optional<PowerHost> host = hosts.of(step);
        if (host.isEmpty()) {
            return CompletableFuture.completedFuture(new Sight.Mismatch("not a node or NAS: nothing to power off"));
        }
        Optional<CompletionStage<Verdict>> watch = power.watch(host.get().id());
        CompletionStage<Sight> seen = watch.isPresent()
                ? watch.get().thenApply(HostPowerOff::judged)
                : hosts.standing(host.get()).thenCompose(standing -> judged(host.get(), standing));
        return seen.thenApply(sight -> sight instanceof Sight.Desired
                ? new Sight.Desired(
                        sight.evidence() + power.alarm(host.get().id()).words())
                : sight);
    }

    /** Work on guests that nobody declared counts as well; a NAS is asked for its backups. */
    @Override
    public CompletionStage<Busy> busy(Step step) {
        return nas(step)
                .map(nasWork::at)
                .or(() -> node(step).map(work::at))
                .orElseGet(() -> CompletableFuture.completedFuture(new Busy.Free("no host")));
    }

    @Override
    public CompletionStage<Answer> interrupt(Step step, Duration limit) {
        return nas(step)
                .map(nas -> nasWork.suspend(nas, limit))
                .orElseGet(() -> work.abort(node(step).orElseThrow(), Optional.empty(), limit));
    }

    private Optional<Nas> nas(Step step) {
        return step.asset()
                .flatMap(tools.contracts()::asset)
                .filter(Nas.class::isInstance)
                .map(Nas.class::cast);
    }

    private Optional<Node> node(Step step) {
        return step.asset()
                .flatMap(tools.contracts()::asset)
                .filter(Node.class::isInstance)
                .map(Node.class::cast);
    }

    private static Sight judged(Verdict verdict) {
        return verdict instanceof Verdict.NotOff
                ? new Sight.Other(verdict.evidence())
                : new Sight.Desired(verdict.evidence());
    }

    private CompletionStage<Sight> judged(PowerHost host, Hosts.Standing standing) {
        if (standing instanceof Hosts.Standing.Silent silent) {
            return silent(host, silent.why());
        }
        return CompletableFuture.completedFuture(heard(standing));
    }

    private static Sight heard(Hosts.Standing standing) {
        if (standing instanceof Hosts.Standing.On on) {
            return new Sight.Other("on, boot id " + on.boot().value());
        }
        if (standing instanceof Hosts.Standing.Partly partly) {
            return new Sight.Unseen(partly.why());
        }
        return new Sight.Unseen(((Hosts.Standing.Blind) standing).why());
    }

    /** Signs of two paths are believed at once, silence alone after long. */
    private CompletionStage<Sight> silent(PowerHost host, String why) {
        Optional<String> proven = power.provenOff(host.id());
        if (proven.isPresent()) {
            return CompletableFuture.completedFuture(
                    new Sight.Desired("still silent since it was proven " + proven.get()));
        }
        Duration silent = power.silent(host.id());
        return watts.drawn(host).thenApply(drawn -> drawn.filter(PowerProof.Drawn::nothing)
                .<Sight>map(one -> new Sight.Desired("off: " + why + ", " + one.evidence()))
                .orElseGet(() -> silent(host, why, silent)));
    }

    private static Sight silent(PowerHost host, String why, Duration silent) {
        return silent.compareTo(host.silenceBelieved()) >= 0
                ? new Sight.Desired(
                        Sight.INFERRED + ": " + why + " for " + silent.toSeconds() + " s, nothing else is known")
                : new Sight.Unseen(why + "; silence is not off");
    }

    @Override
    public CompletionStage<Answer> act(Intent intent, Step step, Rung rung, Duration limit) {
        PowerHost host = hosts.of(step).orElseThrow();
        return clock.before(intent, host, Duration.ZERO).thenCompose(alarm -> {
            power.alarmed(host.id(), alarm);
            return act(step, rung, limit).thenApply(alarm::with);
        });
    }

    /** Without a word to its clock. */
    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        PowerHost host = hosts.of(step).orElseThrow();
        Duration bound = limit.compareTo(COMMAND) < 0 ? limit : COMMAND;
        OptionalLong before = tools.farewells().closedByPeerAt(host.id());
        return answer(host, bound).thenApply(answer -> {
            if (answer instanceof Answer.Accepted) {
                power.goingOff(host.id(), proof.watch(subject(host, before)));
            }
            return answer;
        });
    }

    private PowerProof.Subject subject(PowerHost host, OptionalLong before) {
        return new PowerProof.Subject(
                host.address(),
                host.proofPorts(),
                host.proof().quiet(),
                host.silenceBelieved(),
                () -> {
                    OptionalLong now = tools.farewells().closedByPeerAt(host.id());
                    return now.isPresent() && !now.equals(before);
                },
                () -> watts.drawn(host));
    }

    private CompletionStage<Answer> answer(PowerHost host, Duration bound) {
        if (host.kind() == PowerHost.Kind.NODE) {
            return tools.nodes().ask(host.id(), new NodeAsk.PowerOff(bound)).thenApply(Answers::of);
        }
        return tools.nases().ask(host.id(), new NasAsk.PowerOff(bound)).thenApply(Answers::of);
    }

    /** One rung: there is nothing harder than a power-off that we may send. */
    @Override
    public List<Rung> ladder(Step step) {
        return hosts.of(step)
                .map(host -> List.of(new Rung(
                        Rung.Force.GRACEFUL,
                        host.silenceBelieved().plus(host.proof().quiet()).plus(MARGIN))))
                .orElse(List.of());
    }
}
