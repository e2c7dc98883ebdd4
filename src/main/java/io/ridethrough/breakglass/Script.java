package io.ridethrough.breakglass;

import io.ridethrough.contract.SshAccess;
import io.ridethrough.target.ssh.ShellQuoting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A sheet as a POSIX shell script: fixed functions, then one call per move. It shows and does nothing unless told to. */
final class Script {
    private static final String FUNCTIONS = "/breakglass/functions.sh";

    private Script() {}

    static String of(Sheet sheet) {
        StringBuilder out = new StringBuilder("#!/bin/sh\n");
        out.append("# Break-glass of ").append(oneLine(sheet.site().title())).append(": takes it down and brings it");
        out.append(" back without Ridethrough.\n# Made ").append(sheet.made());
        out.append(" from contracts ").append(sheet.digest()).append(".\n");
        sheet.notes().forEach(note -> out.append("# ").append(oneLine(note)).append('\n'));
        out.append("SITE=")
                .append(ShellQuoting.words(List.of(sheet.site().id().toString())))
                .append('\n');
        out.append(functions());
        way(out, "down", sheet.down());
        way(out, "up", sheet.up());
        return out.append("main \"$@\"\n").toString();
    }

    private static void way(StringBuilder out, String name, List<Move> moves) {
        out.append('\n').append(name).append("() {\n");
        int stage = 0;
        for (Move move : moves) {
            if (move.stage() != stage) {
                if (stage != 0) {
                    out.append("  stage_end\n");
                }
                stage = move.stage();
                out.append("  stage ").append(stage).append('\n');
            }
            out.append("  go ").append(ShellQuoting.words(call(move))).append('\n');
        }
        out.append(moves.isEmpty() ? "  :\n" : "  stage_end\n").append("}\n");
    }

    /** The name, where it is reached, then the function with its own words. */
    private static List<String> call(Move move) {
        SshAccess at = move.at();
        List<String> words = new ArrayList<>(
                List.of(move.id().toString(), at.host(), Integer.toString(at.port()), at.user(), at.identity()));
        words.addAll(move.shell());
        return words;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static String functions() {
        try (InputStream in = Script.class.getResourceAsStream(FUNCTIONS)) {
            if (in == null) {
                throw new IllegalStateException(FUNCTIONS + " is not in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
