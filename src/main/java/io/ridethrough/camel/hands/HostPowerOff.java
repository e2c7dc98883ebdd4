package io.ridethrough.camel.hands;

import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Busy;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.off.PowerProof;
import io.ridethrough.target.off.PowerProof.Shown;
import io.ridethrough.target.off.PowerProof.Verdict;
import io.ridethrough.target.proxmox.NodeAsk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * POWER_OFF: off is what was proven, or after long silence inferred and called so (R20). What neither way to the host
 * certainly got, its management controller is asked for when power has failed.
 */
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
    private final ManagedPower managed;

    HostPowerOff(
            Hosts hosts,
            Tools tools,
            PowerKnowledge power,
            NodeWork work,
            AlarmClock clock,
            PlugWatts watts,
            ManagedPower managed) {
        this.hosts = hosts;
        this.tools = tools;
        this.power = power;
        this.work = work;
        this.nasWork = new NasWork(tools);
        this.clock = clock;
        this.watts = watts;
        this.managed = managed;
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
        return watts.drawn(host).thenCombine(managed.shown(host), (drawn, told) -> shown(drawn, told, why)
                .orElseGet(() -> silent(host, why, silent)));
    }

    /** What its controller says in words is believed. Watts that are no sign of off say nothing: silence goes on to count. */
    private static Optional<Sight> shown(Optional<Shown> drawn, Optional<Shown> told, String why) {
        if (told.isPresent() && !told.get().off()) {
            return Optional.of(new Sight.Other("not off: " + told.get().evidence() + ", though " + why));
        }
        List<Shown> both = Stream.of(drawn, told).flatMap(Optional::stream).toList();
        return both.isEmpty() || !both.stream().allMatch(Shown::off)
                ? Optional.empty()
                : Optional.of(new Sight.Desired("off: " + why
                        + both.stream().map(one -> ", " + one.evidence()).collect(Collectors.joining())));
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
            return told(
                            host,
                            limit,
                            answer -> intent.trigger() == Trigger.POWER
                                    ? unlessHeard(host, answer, limit)
                                    : CompletableFuture.completedFuture(answer))
                    .thenApply(alarm::with);
        });
    }

    /** Without a word to its clock, and none to its management controller. */
    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        return told(hosts.of(step).orElseThrow(), limit, CompletableFuture::completedFuture);
    }

    /** In planned work nobody could see what still works on a host that neither way reaches: it is left as it is. */
    private CompletionStage<Answer> unlessHeard(PowerHost host, Answer answer, Duration limit) {
        return answer.isUnheard()
                ? managed.shutDown(host, answer, bound(limit))
                : CompletableFuture.completedFuture(answer);
    }

    private static Duration bound(Duration limit) {
        return limit.compareTo(COMMAND) < 0 ? limit : COMMAND;
    }

    private CompletionStage<Answer> told(
            PowerHost host, Duration limit, Function<Answer, CompletionStage<Answer>> then) {
        OptionalLong before = tools.farewells().closedByPeerAt(host.id());
        return answer(host, bound(limit)).thenCompose(then).thenApply(answer -> {
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
                List.of(() -> watts.drawn(host), () -> managed.shown(host)));
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
