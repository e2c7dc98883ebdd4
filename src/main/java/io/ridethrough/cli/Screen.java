package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;

/** Where runs are shown while they go on and when they have ended, each as the API tells it. */
interface Screen {
    /** How the runs that are open stand now. */
    void show(List<JsonNode> runs);

    /** How a run ended, from its receipt. */
    void close(JsonNode receipt);

    /** Something that a person should know now, once. */
    void say(String what);

    /**
     * The screen for this output: painted over and over on a terminal, elsewhere a line for every change.
     *
     * @param banner what stands on every line, for example the lab's name and speed; may be empty
     */
    static Screen on(PrintStream out, String banner, Terminal terminal) {
        return terminal.painted() ? new PaintedScreen(out, banner, terminal) : new PlainScreen(out, banner);
    }

    /** Nothing but receipts, as JSON: a line each. */
    static Screen json(PrintStream out) {
        return new Screen() {
            @Override
            public void show(List<JsonNode> runs) {}

            @Override
            public void close(JsonNode receipt) {
                out.println(receipt);
            }

            @Override
            public void say(String what) {}
        };
    }
}
