package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.Intent;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Sight;
import io.ridethrough.run.Tail;
import io.ridethrough.target.BootId;
import io.ridethrough.target.Said;
import io.ridethrough.target.off.DelayedPowerOff;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Tells nodes and NAS over SSH when to power off by themselves, and UPSes when to cut their load. */
final class HostTail implements Tail {
    private static final Duration COMMAND = DelayedPowerOff.LIMIT;
    private static final int NOT_FOUND = 127;
    /** What {@code systemctl is-active} exits with for a unit that is not active. */
    private static final int NOT_ACTIVE = 3;

    private final Tools tools;
    private final UpsCutOff cutOff;
    private final Supplier<Optional<String>> ownBoot;
    private final AlarmClock clock;

    HostTail(Tools tools, UpsCutOff cutOff, Supplier<Optional<String>> ownBoot, AlarmClock clock) {
        this.tools = tools;
        this.cutOff = cutOff;
        this.ownBoot = ownBoot;
        this.clock = clock;
    }

    @Override
    public Optional<String> ownBoot() {
        return ownBoot.get();
    }

    @Override
    public CompletionStage<Optional<String>> boot(AssetId machine) {
        if (cutOff.knows(machine)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return run(machine, BootId.ask())
                .thenApply(result -> BootId.read(result).map(BootId::value));
    }

    @Override
    public CompletionStage<Answer> tell(AssetId machine, Duration delay) {
        if (cutOff.knows(machine)) {
            return cutOff.tell(machine, delay);
        }
        Optional<PowerHost> host = host(machine);
        if (host.isEmpty()) {
            return CompletableFuture.completedFuture(new Answer.Declined("not a node or NAS: nothing to power off"));
        }
        boolean sudo = host.get().ssh().sudo();
        if (host.get().kind() == PowerHost.Kind.NODE) {
            return run(machine, DelayedPowerOff.ofNode(delay, sudo, COMMAND)).thenApply(Answers::of);
        }
        return run(machine, DelayedPowerOff.ofUnit(delay, sudo, COMMAND))
                .thenCompose(result -> isUnknown(result)
                        ? run(machine, DelayedPowerOff.ofPlainUnit(delay, sudo, COMMAND))
                        : CompletableFuture.completedFuture(result))
                .thenApply(Answers::of);
    }

    @Override
    public CompletionStage<Answer> tell(Intent intent, AssetId machine, Duration delay) {
        return host(machine)
                .map(host -> clock.before(intent, host, delay))
                .orElseGet(() -> CompletableFuture.completedFuture(AlarmClock.Alarm.NONE))
                .thenCompose(alarm -> tell(machine, delay).thenApply(alarm::with));
    }

    @Override
    public CompletionStage<Sight> isTold(AssetId machine) {
        if (cutOff.knows(machine)) {
            return cutOff.look(machine)
                    .thenApply(sight -> sight instanceof Sight.Mismatch ? new Sight.Other(sight.evidence()) : sight);
        }
        return run(machine, DelayedPowerOff.isPending(COMMAND)).thenCompose(result -> {
            Sight seen = sight(result);
            boolean nas = host(machine)
                    .filter(host -> host.kind() == PowerHost.Kind.NAS)
                    .isPresent();
            return nas && (isUnknown(result) || seen instanceof Sight.Other)
                    ? run(machine, DelayedPowerOff.isAsleep(COMMAND)).thenApply(HostTail::asleep)
                    : CompletableFuture.completedFuture(seen);
        });
    }

    @Override
    public CompletionStage<Answer> callBack(AssetId machine) {
        if (cutOff.knows(machine)) {
            return cutOff.callBack(machine);
        }
        boolean sudo = host(machine).filter(host -> host.ssh().sudo()).isPresent();
        boolean nas =
                host(machine).filter(host -> host.kind() == PowerHost.Kind.NAS).isPresent();
        return run(machine, DelayedPowerOff.callBack(sudo, COMMAND))
                .thenCompose(result -> nas
                        ? run(machine, DelayedPowerOff.wakeAndEnd(sudo, COMMAND))
                        : CompletableFuture.completedFuture(result))
                .thenApply(Answers::of);
    }

    private static Sight sight(CommandResult result) {
        if (result instanceof CommandResult.Exited exited) {
            String state = exited.out().strip();
            if (exited.code() == 0 && state.equals("active")) {
                return new Sight.Desired("its timer is pending");
            }
            if (exited.code() == NOT_ACTIVE || state.equals("inactive") || state.equals("failed")) {
                return new Sight.Other("no timer is pending: " + state);
            }
        }
        return new Sight.Unseen(Said.by(result));
    }

    private static Sight asleep(CommandResult result) {
        if (result instanceof CommandResult.Exited exited && exited.code() != NOT_FOUND) {
            return exited.code() == 0
                    ? new Sight.Desired("its process waits")
                    : new Sight.Other("nothing is pending there");
        }
        return new Sight.Unseen(Said.by(result));
    }

    private static boolean isUnknown(CommandResult result) {
        return result instanceof CommandResult.Exited exited
                && (exited.code() == NOT_FOUND
                        || (exited.code() != 0 && exited.err().contains("command not found")));
    }

    private Optional<PowerHost> host(AssetId machine) {
        return tools.contracts().asset(machine).flatMap(PowerHost::of);
    }

    private CompletionStage<CommandResult> run(AssetId machine, RemoteCommand command) {
        return tools.shell().run(machine, command);
    }
}
