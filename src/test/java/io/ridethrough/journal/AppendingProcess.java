package io.ridethrough.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Appends for ever and says each sequence number once it was acknowledged; made to be killed. */
final class AppendingProcess {
    private AppendingProcess() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Journal journal = SqliteJournal.open(Path.of(arguments[0]), InstantSource.system())) {
            while (true) {
                Entry entry = journal.append(
                        Optional.of("r"),
                        "note",
                        JsonNodeFactory.instance.objectNode().put("text", "x".repeat(400)));
                out.println(entry.seq());
            }
        }
    }
}
