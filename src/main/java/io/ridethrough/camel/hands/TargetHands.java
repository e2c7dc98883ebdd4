package io.ridethrough.camel.hands;

import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Busy;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Tail;
import io.ridethrough.run.Trace;
import io.ridethrough.target.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Every verb in the hands of its family. Never throws, whatever a family does. Thread-safe. */
public final class TargetHands implements Hands {
    private final Map<Verb, Hands> families = new EnumMap<>(Verb.class);

    private final Tail tail;

    /** Hands of a process that lives on nothing it takes down. */
    public TargetHands(Tools tools) {
        this(tools, Optional::empty);
    }

    /** @param ownBoot the boot of the machine that this process runs on */
    public TargetHands(Tools tools, Supplier<Optional<String>> ownBoot) {
        this(tools, ownBoot, PowerPaths.NONE);
    }

    /** @param paths what gives power to hosts beside magic packets */
    public TargetHands(Tools tools, Supplier<Optional<String>> ownBoot, PowerPaths paths) {
        this(tools, ownBoot, paths, Controls.NONE);
    }

    /** @param controls the standard that gates look at */
    public TargetHands(Tools tools, Supplier<Optional<String>> ownBoot, PowerPaths paths, Controls controls) {
        this(tools, ownBoot, paths, controls, BeforeDown.NOTHING);
    }

    /** @param kept what is kept before something is taken down */
    public TargetHands(
            Tools tools, Supplier<Optional<String>> ownBoot, PowerPaths paths, Controls controls, BeforeDown kept) {
        UpsCutOff cutOff = new UpsCutOff(tools::contracts, tools.nut(), tools.executor());
        AlarmClock clock = new AlarmClock(tools, kept.held());
        tail = new HostTail(tools, cutOff, ownBoot, clock);
        PowerKnowledge power = new PowerKnowledge(tools.time());
        Hosts hosts = new Hosts(tools, power);
        Guests guests = new Guests(tools, power);
        HomeStart homes = new HomeStart(tools);
        GuestTrace trace = new GuestTrace(guests, tools.time());
        NodeWork work = new NodeWork(tools);
        QuorumWait quorum = new QuorumWait(tools);
        Hands start = new GuestStart(guests, homes, trace, quorum);
        Hands up = new StackUp(tools);
        Hands wake = new HostWake(hosts, tools, power, paths);
        families.put(Verb.CHECK, new PrecheckLook(tools, hosts, guests, kept.keepsakes()));
        families.put(Verb.GUARD, new OutOfBandLook(tools));
        families.put(Verb.GATE, new GateLook(controls));
        Hands ha = new HighAvailability(tools, quorum, kept.highAvailability());
        families.put(Verb.HA_OFF, ha);
        families.put(Verb.HA_ON, ha);
        families.put(Verb.BACK_UP, new HomeBackup(tools, guests, homes));
        families.put(Verb.SHUT_DOWN, new GuestShutdown(guests, homes, power, trace, work));
        families.put(Verb.COMPOSE_STOP, new StackStop(tools, guests, false));
        families.put(Verb.COMPOSE_DOWN, new StackStop(tools, guests, true));
        ManagedPower managed = new ManagedPower(paths.managements(), kept.held());
        Hands off = new HostPowerOff(hosts, tools, power, work, clock, new PlugWatts(paths.plugs()), managed);
        families.put(Verb.POWER_OFF, off);
        families.put(Verb.SEAL, new HandedOver(off));
        families.put(Verb.HAND_OVER, new HandedOver(off));
        families.put(Verb.CUT_OFF, cutOff);
        families.put(Verb.BETWEEN, new NodeBetween(tools));
        families.put(Verb.REBOOT, new NodeReboot(hosts, tools));
        families.put(Verb.WAKE, wake);
        families.put(Verb.START, start);
        families.put(Verb.COMPOSE_UP, up);
        families.put(Verb.RECOVER, new Recovery(tools, start, up, wake));
        families.put(Verb.REMEDY, new Mending(tools, controls, homes, guests, paths));
        families.put(Verb.PROBE, new ProbeLook(tools));
        families.put(Verb.PHASE_END, new PhaseEnd());
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        return guarded(() -> family(step).look(step), trouble -> new Sight.Unseen("could not look: " + trouble));
    }

    @Override
    public CompletionStage<Sight> look(Step step, Instant since) {
        return guarded(() -> family(step).look(step, since), trouble -> new Sight.Unseen("could not look: " + trouble));
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        return guarded(() -> family(step).act(step, rung, limit), trouble -> new Answer.Lost("broke off: " + trouble));
    }

    @Override
    public CompletionStage<Answer> act(Intent intent, Step step, Rung rung, Duration limit) {
        return guarded(
                () -> family(step).act(intent, step, rung, limit), trouble -> new Answer.Lost("broke off: " + trouble));
    }

    @Override
    public CompletionStage<Trace> trace(Step step, Rung rung, Instant since) {
        return guarded(
                () -> family(step).trace(step, rung, since), trouble -> new Trace.Unread("could not ask: " + trouble));
    }

    @Override
    public CompletionStage<Busy> busy(Step step) {
        return guarded(() -> family(step).busy(step), trouble -> new Busy.Unseen("could not ask: " + trouble));
    }

    @Override
    public CompletionStage<Answer> interrupt(Step step, Duration limit) {
        return guarded(() -> family(step).interrupt(step, limit), trouble -> new Answer.Lost("broke off: " + trouble));
    }

    @Override
    public List<Rung> ladder(Step step) {
        return family(step).ladder(step);
    }

    @Override
    public Tail tail() {
        return tail;
    }

    private Hands family(Step step) {
        return Objects.requireNonNull(families.get(step.verb()), "every verb has a family");
    }

    private static <T> CompletionStage<T> guarded(
            Supplier<CompletionStage<T>> work, java.util.function.Function<String, T> otherwise) {
        try {
            return work.get().exceptionally(trouble -> otherwise.apply(Said.line(String.valueOf(trouble))));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(otherwise.apply(Said.line(String.valueOf(e))));
        }
    }
}
