package io.ridethrough.lab.host;

import io.ridethrough.contract.Stack;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A simulated compose project (protocols 9): {@code unless-stopped}, so it stays stopped when it was stopped by us. */
final class LabStack {
    /** What every simulated project is made of. */
    private static final List<String> SERVICES = List.of("app", "db");
    /** The one that does its work once, where there is one. */
    private static final String ONCE = "init";
    /** For how long an application runs that ends again and again, and for how long it then waits, in seconds. */
    private static final int ROUND = 3;

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
    private long sinceNanos = System.nanoTime();
    /** Services whose container was taken away and not made anew. */
    private final Set<String> gone = new HashSet<>();

    LabStack(Stack stack, LabModel model) {
        this.stack = stack;
        this.model = model;
    }

    Stack declared() {
        return stack;
    }

    boolean isUp() {
        return containers == Containers.RUNNING
                && model.isUp(stack.runsOn())
                && SERVICES.stream().map(this::state).allMatch("running"::equals);
    }

    /** What its file declares. */
    List<String> services() {
        return has(Condition.ONE_SHOT)
                ? Stream.concat(SERVICES.stream(), Stream.of(ONCE)).toList()
                : SERVICES;
    }

    private boolean has(Condition condition) {
        return model.conditions(stack.id()).contains(condition);
    }

    private String state(String service) {
        if (has(Condition.LEFT_OVERS) && !service.equals(ONCE)) {
            return service.equals("db") ? "dead" : "removing";
        }
        if (containers == Containers.EXITED || service.equals(ONCE)) {
            return "exited";
        }
        boolean between = has(Condition.RESTART_LOOP) && service.equals("app") && seconds() / ROUND % 2 == 1;
        return between ? "restarting" : "running";
    }

    private long seconds() {
        return (long) ((System.nanoTime() - sinceNanos) / 1e9 * model.clock.speed());
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
        if (has(Condition.LEFT_OVERS)) {
            note("up", "refused");
            done.complete(Reply.failed(1, "container is marked for removal and cannot be started"));
            return done;
        }
        gone.clear();
        if (has(Condition.ONE_SHOT)) {
            // Waiting compose ends as soon as one of them has, however well (docker/compose issue 10596).
            done.complete(Reply.failed(1, "container " + stack.project() + "-" + ONCE + "-1 exited (0)"));
        }
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
        sinceNanos = System.nanoTime();
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

    /** {@code rm -f}: takes away the containers of these services that do not run. */
    Reply remove(List<String> services) {
        note("rm", "begin");
        SERVICES.stream()
                .filter(services::contains)
                .filter(service -> !Set.of("running", "restarting").contains(state(service)))
                .forEach(gone::add);
        if (gone.containsAll(SERVICES)) {
            model.conditions(stack.id()).remove(Condition.LEFT_OVERS);
            containers = Containers.EXITED;
        }
        note("rm", "end");
        return progress("Removed");
    }

    /**
     * JSON lines, as compose prints them since 2.21, or the one array of before; without {@code all} only what is not
     * exited.
     */
    String ps(boolean all) {
        if (containers == Containers.REMOVED) {
            return has(Condition.OLD_COMPOSE) ? "[]\n" : "";
        }
        List<String> each = services().stream()
                .filter(service -> !gone.contains(service))
                .filter(service -> all || Set.of("running", "restarting").contains(state(service)))
                .map(this::container)
                .toList();
        return has(Condition.OLD_COMPOSE)
                ? each.stream().map(String::strip).collect(Collectors.joining(",", "[", "]\n"))
                : String.join("", each);
    }

    private String container(String service) {
        String state = state(service);
        String health = state.equals("running") && service.equals("app") ? health() : "";
        boolean well = state.equals("running") || service.equals(ONCE);
        return Fixture.read("compose-ps.json")
                .with("project", stack.project())
                .with("service", service)
                .with("state", state)
                .with("health", health)
                .with("exit", well ? "0" : "137")
                .with("status", status(service, state, health))
                .text();
    }

    /** An application that ends again and again has no health check that would tell. */
    private String health() {
        if (has(Condition.RESTART_LOOP)) {
            return "";
        }
        return containers == Containers.STARTING ? "starting" : "healthy";
    }

    /** As docker words it for people. */
    private String status(String service, String state, String health) {
        if (!state.equals("running")) {
            return state;
        }
        boolean loops = has(Condition.RESTART_LOOP) && service.equals("app");
        long up = loops ? seconds() % ROUND : seconds();
        String time = up < 1
                ? "Less than a second"
                : up < 60
                        ? up + (up == 1 ? " second" : " seconds")
                        : up < 120 ? "About a minute" : up / 60 + " minutes";
        return "Up " + time
                + (health.isEmpty() ? "" : health.equals("starting") ? " (health: starting)" : " (" + health + ")");
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
