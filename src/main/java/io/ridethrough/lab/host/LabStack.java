package io.ridethrough.lab.host;

import io.ridethrough.contract.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A simulated compose project (protocols 9): {@code unless-stopped}, so it stays stopped when it was stopped by us. */
final class LabStack {
    /** What every simulated project is made of. */
    static final List<String> SERVICES = List.of("app", "db");

    private enum Containers {
        RUNNING,
        STARTING,
        EXITED,
        REMOVED
    }

    private final Stack stack;
    private final LabModel model;
    private Containers containers = Containers.RUNNING;
    private boolean wanted = true;
    private int epoch;

    LabStack(Stack stack, LabModel model) {
        this.stack = stack;
        this.model = model;
    }

    Stack declared() {
        return stack;
    }

    boolean isUp() {
        return containers == Containers.RUNNING && model.isUp(stack.runsOn());
    }

    void hostWentDown() {
        epoch++;
        if (containers != Containers.REMOVED) {
            containers = Containers.EXITED;
        }
    }

    void hostBooted() {
        if (wanted && containers == Containers.EXITED) {
            start(new CompletableFuture<>());
        }
    }

    CompletableFuture<Reply> up() {
        CompletableFuture<Reply> done = new CompletableFuture<>();
        note("up", "begin");
        if (model.faults.hangs(stack.id())) {
            return done;
        }
        wanted = true;
        if (containers == Containers.RUNNING) {
            note("up", "end");
            done.complete(progress("Running"));
        } else {
            start(done);
        }
        return done;
    }

    private void start(CompletableFuture<Reply> done) {
        containers = Containers.STARTING;
        int mine = ++epoch;
        model.clock.after(model.faults.stretched(stack.id(), stack.start()), () -> {
            if (mine != epoch) {
                done.complete(Reply.failed(1, "container for service app exited"));
                return;
            }
            containers = Containers.RUNNING;
            note("up", "end");
            done.complete(progress("Healthy"));
        });
    }

    CompletableFuture<Reply> stop(boolean remove) {
        String verb = remove ? "down" : "stop";
        CompletableFuture<Reply> done = new CompletableFuture<>();
        if (model.faults.hangs(stack.id())) {
            note(verb, "begin");
            return done;
        }
        wanted = false;
        epoch++;
        note(verb, "begin");
        Duration takes = containers == Containers.RUNNING || containers == Containers.STARTING
                ? model.faults.stretched(stack.id(), stack.stop())
                : Duration.ZERO;
        model.clock.after(takes, () -> {
            containers = remove ? Containers.REMOVED : Containers.EXITED;
            note(verb, "end");
            done.complete(progress(remove ? "Removed" : "Stopped"));
        });
        return done;
    }

    /** JSON lines, as compose prints them since 2.21; without {@code all} only what is not exited. */
    String ps(boolean all) {
        if (containers == Containers.REMOVED || (containers == Containers.EXITED && !all)) {
            return "";
        }
        String state = containers == Containers.EXITED ? "exited" : "running";
        String health =
                switch (containers) {
                    case RUNNING -> "healthy";
                    case STARTING -> "starting";
                    default -> "";
                };
        StringBuilder lines = new StringBuilder();
        for (String service : SERVICES) {
            lines.append(Fixture.read("compose-ps.json")
                    .with("project", stack.project())
                    .with("service", service)
                    .with("state", state)
                    .with("health", service.equals("app") ? health : "")
                    .with("exit", containers == Containers.EXITED ? "137" : "0")
                    .text());
        }
        return lines.toString();
    }

    /** The ids of all its containers, a line each. */
    String ids() {
        return containers == Containers.REMOVED
                ? ""
                : SERVICES.stream().map(service -> id(service) + "\n").collect(Collectors.joining());
    }

    private String id(String service) {
        return String.format(Locale.ROOT, "%064x", (stack.project() + " " + service).hashCode() & 0xffffffffL);
    }

    /** What {@code docker inspect} prints of those of its containers that are asked for, in the one form that is asked for. */
    String policies(List<String> asked) {
        boolean amiss = model.conditions(stack.id()).contains(Condition.RESTART_NO);
        return SERVICES.stream()
                .filter(service -> asked.contains(id(service)))
                .map(service -> "/" + stack.project() + "-" + service + "-1 "
                        + (containers == Containers.EXITED ? "exited " : "running ")
                        + (amiss && service.equals("db") ? "no" : "unless-stopped") + "\n")
                .collect(Collectors.joining());
    }

    private Reply progress(String word) {
        return new Reply(0, "", " Container " + stack.project() + "-app-1  " + word + "\n");
    }

    private void note(String verb, String what) {
        model.events.note(stack.runsOn(), "compose", verb, stack.project(), what);
    }
}
