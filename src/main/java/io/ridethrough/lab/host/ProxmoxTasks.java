package io.ridethrough.lab.host;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The tasks of one node, by UPID (protocols 1.3). */
final class ProxmoxTasks {
    private record Task(CompletableFuture<Reply> work, String boot) {}

    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private int pid = 0x3A00;

    /** Gives work its UPID. */
    String begin(LabHost node, String type, String id, String user, CompletableFuture<Reply> work) {
        String upid = String.format(
                Locale.ROOT,
                "UPID:%s:%08X:%08X:%08X:%s:%s:%s:",
                node.nodeName(),
                ++pid,
                0x0123_0000 + pid,
                0x65A1_0000 + pid,
                type,
                id,
                user);
        tasks.put(upid, new Task(work, node.bootId()));
        return upid;
    }

    /** As {@code /tasks/UPID/status}: the exit status is there only once it stopped. */
    Optional<String> status(LabHost node, String upid) {
        Task task = tasks.get(upid);
        if (task == null) {
            return Optional.empty();
        }
        boolean done = task.work().isDone();
        if (!done && task.boot().equals(node.bootId())) {
            return Optional.of("{\"status\":\"running\",\"upid\":\"" + upid + "\"}");
        }
        Reply reply = done ? task.work().join() : Reply.failed(255, "unexpected status");
        String exit = reply.exit() == 0 ? "OK" : reply.err().strip().replace("\"", "'");
        return Optional.of("{\"status\":\"stopped\",\"exitstatus\":\"" + exit + "\",\"upid\":\"" + upid + "\"}");
    }
}
