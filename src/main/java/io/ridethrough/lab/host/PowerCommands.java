package io.ridethrough.lab.host;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The ways to power a machine off from inside (protocols 1.6, 2.4): they return at once. */
final class PowerCommands implements LabShell.Family {
    private final LabModel model;

    PowerCommands(LabModel model) {
        this.model = model;
    }

    @Override
    public Optional<CompletableFuture<Reply>> answer(Call call) {
        if (call.name().equals("systemctl") && call.has("reboot")) {
            return Optional.of(reboot(call).now());
        }
        boolean powersOff =
                switch (call.name()) {
                    case "poweroff" -> true;
                    case "shutdown" ->
                        call.has("-h")
                                || call.has("-P")
                                || call.has("--poweroff")
                                || call.word(1).equals("now");
                    case "systemctl" -> call.has("poweroff");
                    case "synopoweroff" -> isNas(call) && call.words().get(0).startsWith("/usr/syno/sbin/");
                    default -> false;
                };
        if (!powersOff) {
            return Optional.empty();
        }
        if (!call.root()) {
            model.events.note(call.on().id(), call.name(), "poweroff", "-", "refused");
            return Optional.of(
                    Reply.failed(1, call.words().get(0) + ": permission denied").now());
        }
        model.events.note(call.on().id(), call.name(), "poweroff", "-", "call");
        call.on().powerOff();
        return Optional.of(Reply.ok().now());
    }

    private Reply reboot(Call call) {
        if (!call.root()) {
            model.events.note(call.on().id(), call.name(), "reboot", "-", "refused");
            return Reply.failed(1, "Failed to set wall message, ignoring: Interactive authentication required.");
        }
        model.events.note(call.on().id(), call.name(), "reboot", "-", "call");
        model.host(call.on().id()).ifPresent(LabHost::reboot);
        return Reply.ok();
    }

    private boolean isNas(Call call) {
        return model.host(call.on().id()).filter(LabHost::isNas).isPresent();
    }
}
