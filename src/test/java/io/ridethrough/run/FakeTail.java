package io.ridethrough.run;

import io.ridethrough.contract.AssetId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Machines that power off by themselves when they were told, and keep their own log. */
final class FakeTail implements Tail {
    private static final class Machine {
        int boot = 1;
        int told;
        boolean on = true;
        boolean pending;
    }

    final List<String> log = new ArrayList<>();
    private final Map<AssetId, Machine> machines = new TreeMap<>();
    private final Set<AssetId> deaf = new HashSet<>();
    private final Time time;
    private final AssetId own;
    private Runnable end = () -> {};

    /** @param own the machine that carries the orchestrator */
    FakeTail(Time time, AssetId own) {
        this.time = time;
        this.own = own;
    }

    /** What is done when its own machine has gone off. */
    void atOwnEnd(Runnable work) {
        end = work;
    }

    /** It declines every telling. */
    void isDeaf(AssetId machine) {
        deaf.add(machine);
    }

    boolean isOn(AssetId id) {
        return machine(id).on;
    }

    void bootAll() {
        machines.forEach((id, machine) -> {
            if (!machine.on) {
                machine.on = true;
                machine.boot++;
                log.add("on " + id.name());
            }
        });
    }

    private Machine machine(AssetId id) {
        return machines.computeIfAbsent(id, none -> new Machine());
    }

    @Override
    public Optional<String> ownBoot() {
        return Optional.of("boot-" + machine(own).boot);
    }

    @Override
    public CompletionStage<Optional<String>> boot(AssetId id) {
        return now(machine(id).on ? Optional.of("boot-" + machine(id).boot) : Optional.empty());
    }

    @Override
    public CompletionStage<Answer> tell(AssetId id, Duration delay) {
        Machine machine = machine(id);
        if (deaf.contains(id) || machine.pending || !machine.on) {
            return now(new Answer.Declined(machine.pending ? "told already" : "no"));
        }
        log.add("told " + id.name());
        machine.pending = true;
        int mine = ++machine.told;
        time.after(delay).thenRun(() -> {
            if (machine.pending && machine.told == mine) {
                machine.pending = false;
                machine.on = false;
                log.add("off " + id.name());
                if (id.equals(own)) {
                    end.run();
                }
            }
        });
        return now(new Answer.Accepted("ok"));
    }

    @Override
    public CompletionStage<Sight> isTold(AssetId id) {
        Machine machine = machine(id);
        if (!machine.on) {
            return now(new Sight.Unseen("silent"));
        }
        return now(machine.pending ? new Sight.Desired("pending") : new Sight.Other("nothing pending"));
    }

    @Override
    public CompletionStage<Answer> callBack(AssetId id) {
        log.add("called back " + id.name());
        machine(id).pending = false;
        return now(new Answer.Accepted("ok"));
    }

    private static <T> CompletionStage<T> now(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
