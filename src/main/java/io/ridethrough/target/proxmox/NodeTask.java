package io.ridethrough.target.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One task as its node lists it (protocols 1.2, 1.3).
 *
 * @param type for example {@code qmshutdown}
 * @param id mostly a guest's number; a backup of several guests has none
 * @param started by the node's own clock
 * @param end how it ended, or that it runs
 */
public record NodeTask(String upid, String type, String id, Instant started, TaskEnd end) {
    /** What is no row of a task says nothing and is left out. */
    public static List<NodeTask> read(JsonNode list) {
        List<NodeTask> tasks = new ArrayList<>();
        for (JsonNode row : list) {
            String upid = row.path("upid").asText("");
            if (upid.startsWith("UPID:")) {
                Instant started = Instant.ofEpochSecond(row.path("starttime").asLong(0));
                tasks.add(new NodeTask(
                        upid, row.path("type").asText(""), row.path("id").asText(""), started, end(row)));
            }
        }
        return tasks;
    }

    /** A list has the exit text as {@code status}, unlike the task itself (protocols 1.3). */
    private static TaskEnd end(JsonNode row) {
        boolean ended = row.hasNonNull("endtime");
        String said = row.path("status").asText("");
        return ended || !(said.isEmpty() || said.equalsIgnoreCase("running"))
                ? TaskEnd.of(said)
                : new TaskEnd.Running();
    }

    public boolean runs() {
        return end instanceof TaskEnd.Running;
    }

    public boolean isOf(int vmid) {
        return id.equals(Integer.toString(vmid));
    }

    /** Whether it began at that moment or later, by whole seconds. */
    public boolean beganSince(Instant since) {
        return !started.isBefore(Instant.ofEpochSecond(since.getEpochSecond()));
    }

    @Override
    public String toString() {
        return upid + " (" + end + ")";
    }
}
