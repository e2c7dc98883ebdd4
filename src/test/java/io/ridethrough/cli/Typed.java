package io.ridethrough.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command line typed by a person gave.
 *
 * @param code its exit code
 */
record Typed(int code, String out, String err) {
    /** Runs it as the product does, in this process, without a terminal. */
    static Typed of(Object... words) {
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].toString();
        }
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try (PrintStream toSaid = new PrintStream(said, true, StandardCharsets.UTF_8);
                PrintStream toComplained = new PrintStream(complained, true, StandardCharsets.UTF_8)) {
            System.setOut(toSaid);
            System.setErr(toComplained);
            int code = Ridethrough.execute(arguments);
            return new Typed(code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
