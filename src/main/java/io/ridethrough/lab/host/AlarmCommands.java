package io.ridethrough.lab.host;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code rtcwake}, and what the kernel shows of the clock of a node or NAS. */
final class AlarmCommands implements LabShell.Family {
    private static final String CLOCK = "/sys/class/rtc/rtc0/";

    private final LabModel model;

    AlarmCommands(LabModel model) {
        this.model = model;
    }

    @Override
    public Optional<CompletableFuture<Reply>> answer(Call call) {
        Optional<LabHost> host = model.host(call.on().id());
        if (call.name().equals("rtcwake")) {
            return host.map(on -> rtcwake(call, on).now());
        }
        List<String> shown = List.of("cat", CLOCK + "since_epoch", CLOCK + "wakealarm");
        return call.words().equals(shown) ? host.map(on -> shown(on).now()) : Optional.empty();
    }

    private Reply rtcwake(Call call, LabHost on) {
        String mode = call.option("-m").orElse("");
        Optional<Duration> after = call.option("-s").map(Long::parseLong).map(Duration::ofSeconds);
        boolean sets = mode.equals("no") && after.isPresent();
        if (!call.root() || model.faults.refuses(on.id()) || !(sets || mode.equals("disable"))) {
            model.events.note(on.id(), "rtcwake", mode, "-", "refused");
            return Reply.failed(1, "rtcwake: /dev/rtc0: unable to find device: Permission denied");
        }
        on.alarm(sets ? after : Optional.empty());
        model.events.note(
                on.id(),
                "rtcwake",
                mode,
                after.map(time -> time.toSeconds() + "s").orElse("-"),
                "call");
        return Reply.ok("rtcwake: wakeup using /dev/rtc0");
    }

    private Reply shown(LabHost on) {
        String now = model.clock.now().getEpochSecond() + "\n";
        return Reply.ok(now + on.rings().map(at -> at.getEpochSecond() + "\n").orElse(""));
    }
}
