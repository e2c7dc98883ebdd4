package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Trigger;
import io.ridethrough.run.Answer;
import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.wake.AlarmCommands;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * The alarm of a node's own clock, before the node is told to power off (R39). In an outage none is set, unless the
 * contract permits it: nobody knows when power is back, and an alarm that rings before is lost, or boots the node on the
 * battery. While people work on what was taken down none is set at all (R36). What an earlier power-off may have left is
 * taken back then. Whatever comes of it, within a bound the power-off follows (R34).
 */
final class AlarmClock {
    private static final Duration BOUND = Duration.ofSeconds(8);

    private final Tools tools;
    private final Predicate<AssetId> held;

    AlarmClock(Tools tools, Predicate<AssetId> held) {
        this.tools = tools;
        this.held = held;
    }

    /**
     * What came of it.
     *
     * @param rings when it rings, by the time of our process; empty where that was not read back from the node
     */
    record Alarm(String words, OptionalLong rings) {
        /** Of a host whose clock wakes nobody. */
        static final Alarm NONE = new Alarm("", OptionalLong.empty());

        /** The answer to a power-off that came after it, with its words. */
        Answer with(Answer answer) {
            return answer instanceof Answer.Accepted accepted
                    ? new Answer.Accepted(accepted.evidence() + words)
                    : answer;
        }
    }

    /**
     * Sets it, or takes it back. Never fails.
     *
     * @param delay in which the host is to power off
     */
    CompletionStage<Alarm> before(Intent intent, PowerHost host, Duration delay) {
        Optional<WakeWay.AlarmClock> declared = host.wake().stream()
                .filter(WakeWay.AlarmClock.class::isInstance)
                .map(WakeWay.AlarmClock.class::cast)
                .findFirst();
        if (declared.isEmpty() || host.kind() != PowerHost.Kind.NODE) {
            return CompletableFuture.completedFuture(Alarm.NONE);
        }
        Optional<String> unwise =
                held.test(host.id()) ? Optional.of("since it is held") : unwise(intent, declared.get());
        CompletionStage<Alarm> told = unwise.isPresent()
                ? takenBack(host, unwise.get())
                : set(host, delay.plus(declared.get().after()));
        Alarm late = new Alarm("; its clock's alarm was not dealt with in " + BOUND.toSeconds() + " s", NEVER);
        return told.exceptionally(trouble -> new Alarm("; its clock's alarm: " + Said.line(trouble.toString()), NEVER))
                .applyToEither(tools.time().after(BOUND).thenApply(passed -> late), alarm -> alarm);
    }

    private static final OptionalLong NEVER = OptionalLong.empty();

    private static Optional<String> unwise(Intent intent, WakeWay.AlarmClock declared) {
        if (intent.boundary()) {
            return Optional.of("while people work on it");
        }
        return intent.trigger() == Trigger.POWER && !declared.inOutage()
                ? Optional.of("in an outage")
                : Optional.empty();
    }

    private CompletionStage<Alarm> takenBack(PowerHost host, String why) {
        return run(host, AlarmCommands.takeBack(host.ssh().sudo())).thenApply(result -> {
            String trouble =
                    ended(result) ? "" : ", and whether an earlier one was taken back is not known: " + Said.by(result);
            return new Alarm("; no alarm of its clock is set " + why + trouble, NEVER);
        });
    }

    /** What the node shows afterwards counts, not what the command said. */
    private CompletionStage<Alarm> set(PowerHost host, Duration after) {
        return run(host, AlarmCommands.set(after, host.ssh().sudo()))
                .thenCompose(set -> run(host, AlarmCommands.read()).thenApply(read -> read(set, read)));
    }

    private Alarm read(CommandResult set, CommandResult read) {
        OptionalLong left = AlarmCommands.left(read);
        String trouble = ended(set) ? "" : " (rtcwake: " + Said.by(set) + ")";
        if (left.isEmpty()) {
            String seen = ended(read) ? "the clock shows none" : Said.by(read);
            return new Alarm("; its clock's alarm is not set: " + seen + trouble, NEVER);
        }
        long rings = tools.time().nanos() + Duration.ofSeconds(left.getAsLong()).toNanos();
        return new Alarm("; its clock's alarm rings in " + left.getAsLong() + " s" + trouble, OptionalLong.of(rings));
    }

    private static boolean ended(CommandResult result) {
        return result instanceof CommandResult.Exited exited && exited.code() == 0;
    }

    private CompletionStage<CommandResult> run(PowerHost host, RemoteCommand command) {
        return tools.shell().run(host.id(), command);
    }
}
