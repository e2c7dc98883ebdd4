package io.ridethrough.target.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.Said;
import java.util.regex.Pattern;

/** How a task stands (protocols 1.3). */
public sealed interface TaskEnd {
    Pattern WARNINGS = Pattern.compile("WARNINGS: \\d+");

    /** It goes on. */
    record Running() implements TaskEnd {}

    /** It ended well; warnings are no failure. */
    record Well(String said) implements TaskEnd {}

    /** It ended with an error. */
    record Failed(String said) implements TaskEnd {}

    /** Its worker died without a word: what it did is unknown. */
    record Untold(String said) implements TaskEnd {}

    /** Reads {@code /tasks/UPID/status}, where {@code exitstatus} is there only once it stopped. */
    static TaskEnd read(JsonNode data) {
        String status = data.path("status").asText();
        if (status.equals("running")) {
            return new Running();
        }
        return status.equals("stopped")
                ? of(data.path("exitstatus").asText())
                : new Untold("status " + Said.line(status));
    }

    /** Reads the exit text of a task that ended. */
    static TaskEnd of(String text) {
        String exit = Said.line(text);
        if (exit.isEmpty() || exit.equals("unexpected status")) {
            return new Untold("exit status " + exit);
        }
        return exit.equals("OK") || WARNINGS.matcher(exit).matches() ? new Well(exit) : new Failed(exit);
    }
}
