package io.ridethrough.target.stack;

import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Which of some names the files use by which a stack is made. What stands beside a name never leaves the host. */
public sealed interface NamesInFiles {
    /** By file, as {@code file: name}. */
    record Told(List<String> used) implements NamesInFiles {
        public Told {
            used = List.copyOf(used);
        }
    }

    /** A file could not be read, or the folder is not there. */
    record Unreadable(String why) implements NamesInFiles {}

    /** GNU find and grep: only those files of the folder itself, so that no data beside them is searched. */
    static RemoteCommand command(String folder, List<String> names, Duration limit) {
        List<String> words = new ArrayList<>(List.of("find", folder, "-maxdepth", "1", "-type", "f"));
        words.addAll(
                List.of("(", "-name", "*compose*.y*ml", "-o", "-name", "*.env", "-o", "-name", "Dockerfile*", ")"));
        for (String name : names) {
            words.addAll(List.of("(", "-exec", "grep", "-qwF", "-e", name, "{}", ";"));
            words.addAll(List.of("-printf", "%f: " + name + "\\n", "-o", "-true", ")"));
        }
        return new RemoteCommand(words, limit, RemoteCommand.Lane.LOOK);
    }

    /** find goes well also where grep could not read a file, which says so: then nothing found is nothing known. */
    static NamesInFiles read(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited) || exited.code() != 0) {
            return new Unreadable(Said.by(result));
        }
        List<String> used =
                exited.out().lines().filter(line -> !line.isBlank()).sorted().toList();
        return used.isEmpty() && !exited.err().isBlank() ? new Unreadable(Said.line(exited.err())) : new Told(used);
    }
}
