package io.ridethrough.target.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The run of vzdump that ended last, as the list of tasks of its node has it (protocols 1.3: the exit text is under
 * {@code status}).
 *
 * @param result {@code OK}, {@code WARNINGS: n}, or what went wrong
 */
public record BackupRun(Instant ended, String result) {
    /** Empty where none ended as far back as the list goes. */
    public static Optional<BackupRun> last(JsonNode tasks) {
        return StreamSupport.stream(tasks.spliterator(), false)
                .filter(task -> task.path("type").asText().equals("vzdump") && task.has("endtime"))
                .map(task -> new BackupRun(
                        Instant.ofEpochSecond(task.path("endtime").asLong()),
                        task.path("status").asText("")))
                .max((one, other) -> one.ended().compareTo(other.ended()));
    }
}
