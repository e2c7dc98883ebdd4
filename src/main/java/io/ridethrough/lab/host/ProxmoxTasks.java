package io.ridethrough.lab.host;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tasks of one node, by UPID, whoever began them and by whatever way (protocols 1.3). */
final class ProxmoxTasks {
    private record Task(String type, String id, long started, CompletableFuture<Reply> work, String boot) {}

    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final LabHost node;
    private final LabClock clock;
    private int pid = 0x3A00;

    ProxmoxTasks(LabHost node, LabClock clock) {
        this.node = node;
        this.clock = clock;
    }

    /** Gives work its UPID. */
    String begin(String type, String id, String user, CompletableFuture<Reply> work) {
        long started = clock.now().getEpochSecond();
        String upid = String.format(
                Locale.ROOT,
                "UPID:%s:%08X:%08X:%08X:%s:%s:%s:",
                node.nodeName(),
                ++pid,
                0x0123_0000 + pid,
                started,
                type,
                id,
                user);
        tasks.put(upid, new Task(type, id, started, work, node.bootId()));
        return upid;
    }

    /** Ends a task as by a signal; empty when there is none of that name. */
    Optional<String> abort(String upid) {
        return Optional.ofNullable(tasks.get(upid)).map(task -> {
            task.work().complete(Reply.failed(255, "interrupted by signal"));
            return "null";
        });
    }

    /** As {@code /tasks}: those that run. */
    private String active() {
        return rows(
                tasks.entrySet().stream().filter(each -> exit(each.getValue()).isEmpty()));
    }

    /** As {@code /tasks}: of one guest, where one is named. The exit text is under {@code status}. */
    private String list(String id) {
        return rows(tasks.entrySet().stream()
                .filter(each -> id.isEmpty() || each.getValue().id().equals(id)));
    }

    /** As {@code /tasks} with its parameters. */
    String list(Map<String, String> with) {
        return with.getOrDefault("source", "").equals("active") ? active() : list(with.getOrDefault("vmid", ""));
    }

    private String rows(Stream<Map.Entry<String, Task>> some) {
        return some.map(each -> row(each.getKey(), each.getValue())).collect(Collectors.joining(",", "[", "]"));
    }

    private String row(String upid, Task task) {
        return "{\"upid\":\"" + upid + "\",\"node\":\"" + node.nodeName() + "\",\"type\":\"" + task.type()
                + "\",\"id\":\"" + task.id() + "\",\"starttime\":" + task.started()
                + exit(task)
                        .map(text -> ",\"endtime\":" + task.started() + ",\"status\":\"" + text + "\"")
                        .orElse("")
                + "}";
    }

    /** As {@code /tasks/UPID/status}: the exit status is there only once it stopped. */
    Optional<String> status(String upid) {
        return Optional.ofNullable(tasks.get(upid)).map(task -> exit(task)
                .map(text -> "{\"status\":\"stopped\",\"exitstatus\":\"" + text + "\",\"upid\":\"" + upid + "\"}")
                .orElse("{\"status\":\"running\",\"upid\":\"" + upid + "\"}"));
    }

    /** Empty while it runs; what a reboot ended has no last word, and what warned says how often. */
    private Optional<String> exit(Task task) {
        boolean done = task.work().isDone();
        if (!done && task.boot().equals(node.bootId())) {
            return Optional.empty();
        }
        Reply reply = done ? task.work().join() : Reply.failed(255, "unexpected status");
        long warnings =
                reply.err().lines().filter(line -> line.startsWith("WARN: ")).count();
        String well = warnings == 0 ? "OK" : "WARNINGS: " + warnings;
        return Optional.of(reply.exit() == 0 ? well : reply.err().strip().replace("\"", "'"));
    }
}
