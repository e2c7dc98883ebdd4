package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.UnifiController;
import io.ridethrough.run.Answer;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.unifi.UnifiTold;
import io.ridethrough.target.unifi.UnifiTold.State;
import io.ridethrough.target.unifi.UnifiTold.Uptime;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Has the controller that knows a network device restart it, where the guards of that permit. What is taken is not done
 * (protocols 3.2): it is restarted when it is online and has been up for less long than before. Until that is seen nothing
 * is sent again, nor to a device that is about to start or has started a moment ago.
 */
final class DeviceRestart {
    /** For a device to start and to come back to its controller. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration SENDING = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofSeconds(10);

    private final Tools tools;
    private final PowerPaths paths;

    /** What one controller tells of the device; without {@code now} it does not know it, or tells nothing. */
    private record Seen(AssetId controller, Optional<Uptime> now, Told told) {}

    DeviceRestart(Tools tools, PowerPaths paths) {
        this.tools = tools;
        this.paths = paths;
    }

    CompletionStage<Answer> restart(Device device, Duration limit) {
        List<UnifiController> controllers = Optional.ofNullable(
                        tools.contracts().sites().get(device.id().site()))
                .map(Site::controllers)
                .orElse(List.of());
        CompletionStage<Optional<Seen>> known = CompletableFuture.completedFuture(Optional.empty());
        for (UnifiController one : controllers) {
            known = known.thenCompose(before -> before.flatMap(Seen::now).isPresent()
                    ? CompletableFuture.completedFuture(before)
                    : seen(one.runsOn(), device).thenApply(Optional::of));
        }
        return known.thenCompose(seen -> seen.map(told -> told(device, told, limit))
                .orElseGet(() -> Mending.declined("its site declares no controller")));
    }

    private CompletionStage<Seen> seen(AssetId controller, Device device) {
        return paths.controllers()
                .ask(controller, new UnifiAsk.Uptimes())
                .thenApply(told -> new Seen(controller, uptime(told, device), told));
    }

    private static Optional<Uptime> uptime(Told told, Device device) {
        return told instanceof UnifiTold.Uptimes all
                ? all.devices().stream()
                        .filter(one -> device.macs().stream().anyMatch(one.mac()::equalsIgnoreCase))
                        .findFirst()
                : Optional.empty();
    }

    private CompletionStage<Answer> told(Device device, Seen seen, Duration limit) {
        if (seen.now().isEmpty()) {
            return seen.told() instanceof UnifiTold.Uptimes
                    ? Mending.declined(seen.controller() + " does not know it")
                    : CompletableFuture.completedFuture(new Answer.Undelivered(seen.controller()
                            + " does not tell how it stands: " + seen.told().words()));
        }
        Uptime before = seen.now().get();
        if (before.state() == State.CHANGING) {
            return Mending.declined("it is " + before.word() + ": nothing is sent");
        }
        if (before.up().compareTo(PATIENCE) < 0 && before.state() == State.ONLINE) {
            return CompletableFuture.completedFuture(new Answer.Accepted(
                    "nothing is sent: it started " + before.up().toSeconds() + " s ago"));
        }
        long end = tools.time().nanos() + limit.multipliedBy(2).dividedBy(3).toNanos();
        return paths.restarts()
                .ask(seen.controller(), new UnifiAsk.Restart(before.mac(), SENDING))
                .thenCompose(told -> told instanceof Told.Done || told instanceof Told.Lost
                        ? back(device, seen.controller(), before, end, told.words())
                        : CompletableFuture.completedFuture(Answers.of(told)));
    }

    private CompletionStage<Answer> back(Device device, AssetId controller, Uptime before, long end, String sent) {
        return tools.time().after(GLANCE).thenCompose(passed -> seen(controller, device)
                .thenCompose(seen -> {
                    Optional<Uptime> back = seen.now()
                            .filter(now ->
                                    now.state() == State.ONLINE && now.up().compareTo(before.up()) < 0);
                    if (back.isPresent()) {
                        return CompletableFuture.completedFuture(new Answer.Accepted(sent + "; it restarted and is "
                                + back.get().word() + ", up " + back.get().up().toSeconds() + " s"));
                    }
                    if (tools.time().nanos() >= end) {
                        return CompletableFuture.completedFuture(
                                new Answer.Lost(sent + "; it is not seen back: " + words(seen)));
                    }
                    return back(device, controller, before, end, sent);
                }));
    }

    private static String words(Seen seen) {
        return seen.now()
                .map(now -> now.word() + ", up " + now.up().toSeconds() + " s")
                .orElseGet(() -> seen.told() instanceof UnifiTold.Uptimes
                        ? "its uptime is not told"
                        : seen.told().words());
    }
}
