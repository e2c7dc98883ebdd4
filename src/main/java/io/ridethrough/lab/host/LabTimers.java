package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The transient timers of init systems: {@code systemd-run --on-active}, {@code systemctl is-active} and {@code stop} of
 * a {@code .timer}. A name is taken until its timer has rung or was stopped; none outlives a boot.
 */
final class LabTimers implements LabShell.Family {
    private record Name(AssetId machine, String unit) {}

    private record Timer(String boot, Runnable cancel) {}

    private final LabModel model;
    private final Map<Name, Timer> pending = new HashMap<>();

    LabTimers(LabModel model) {
        this.model = model;
    }

    /** Starts one for a {@code systemd-run}, or says why not as it does. */
    Reply start(Call call, Duration delay, Runnable work) {
        Machine on = call.on();
        String unit = call.option("--unit", "-u").orElseGet(() -> "run-r" + UUID.randomUUID());
        Name name = new Name(on.id(), unit);
        if (!call.root()) {
            return note(call, unit, "refused", Reply.failed(1, "Failed to start transient timer unit: Access denied"));
        }
        if (isPending(name, on)) {
            return note(
                    call,
                    unit,
                    "refused",
                    Reply.failed(
                            1,
                            "Failed to start transient timer unit: Unit " + unit
                                    + ".timer was already loaded or has a fragment file."));
        }
        String boot = on.bootId();
        Runnable cancel = model.clock.after(delay, () -> {
            pending.remove(name);
            if (boot.equals(on.bootId()) && on.isUp()) {
                model.events.note(on.id(), "timer", "ring", unit, "call");
                work.run();
            }
        });
        pending.put(name, new Timer(boot, cancel));
        return note(call, unit, "call", Reply.ok());
    }

    private Reply note(Call call, String unit, String what, Reply reply) {
        model.events.note(call.on().id(), "systemd-run", "delay", unit, what);
        return reply;
    }

    private boolean isPending(Name name, Machine on) {
        Timer timer = pending.get(name);
        return timer != null && timer.boot().equals(on.bootId());
    }

    @Override
    public Optional<CompletableFuture<Reply>> answer(Call call) {
        String unit = call.word(call.words().size() - 1);
        if (!call.name().equals("systemctl") || !unit.endsWith(".timer")) {
            return Optional.empty();
        }
        Name name = new Name(call.on().id(), unit.substring(0, unit.length() - ".timer".length()));
        boolean active = isPending(name, call.on());
        if (call.has("stop")) {
            Timer timer = pending.remove(name);
            if (timer != null) {
                timer.cancel().run();
            }
            model.events.note(call.on().id(), "systemctl", "stop-timer", unit, active ? "call" : "refused");
            return Optional.of((active ? Reply.ok() : Reply.failed(5, "Unit " + unit + " not loaded.")).now());
        }
        model.events.note(call.on().id(), "systemctl", call.word(1), unit, "call");
        return Optional.of((active ? Reply.ok("active") : new Reply(3, "inactive\n", "")).now());
    }
}
