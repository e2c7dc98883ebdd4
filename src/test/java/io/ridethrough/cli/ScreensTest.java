package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person sees of runs, on a terminal and without one. */
class ScreensTest {
    private static final Terminal SMALL = new Terminal(true, 78, 24);
    private static final String CLEAR = "\033[J";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aPaintedScreenNeverOutgrowsItsTerminal() {
        Screen screen = Screen.on(out, "LAB x20", SMALL);
        screen.show(List.of(run("one", 60, 30), run("two", 60, 59)));

        List<String> lines = text().lines().toList();
        assertThat(lines).hasSizeLessThan(24).allMatch(line -> line.length() <= 78);
        assertThat(lines).filteredOn(line -> line.startsWith("LAB x20")).hasSize(2);
        assertThat(text()).contains("30 of 60 settled, 1 under way, 29 wait", "not shown", "59 of 60 settled");
    }

    @Test
    void whatIsNotWellAndWhatIsUnderWayIsNeverHiddenForWhatIsWell() {
        ObjectNode run = run("one", 60, 30);
        ((ObjectNode) run.path("steps").path(2)).put("outcome", "Failed").put("evidence", "still there");

        Screen.on(out, "", SMALL).show(List.of(run));

        assertThat(text()).contains("! shutdown:quay/guest-2 ", "> shutdown:quay/guest-30 ");
    }

    @Test
    void aRepaintedScreenTakesBackExactlyWhatItPainted() {
        Screen screen = Screen.on(out, "", SMALL);
        screen.show(List.of(run("one", 3, 1)));
        long painted = text().lines().count();
        bytes.reset();
        screen.show(List.of(run("one", 3, 2)));

        assertThat(text()).startsWith("\033[" + painted + "A" + CLEAR);
        bytes.reset();
        screen.close(receipt("one", "incomplete"));
        assertThat(text())
                .startsWith("\033[" + painted + "A" + CLEAR)
                .contains("! shutdown:quay/app  Failed in 0:05: still there", "+ shutdown:quay/hung  Done (FORCED)")
                .doesNotContain("quay/calm")
                .endsWith("Run one is incomplete: 1:05, by forecast 0:30; 3 steps, 1 not well, 1 forced.\n");
    }

    @Test
    void aRunThatHadEndedBeforeItWasWatchedIsShownWhole() {
        Screen.on(out, "", SMALL).close(receipt("one", "incomplete"));

        assertThat(text()).contains("quay/app", "quay/hung", "quay/calm").doesNotContain("\033");
    }

    @Test
    void withoutATerminalEveryChangeIsOneLineAndTheBannerStandsOnEach() {
        Screen screen = Screen.on(out, "LAB x20", Terminal.plain());
        screen.show(List.of(run("one", 3, 1), run("two", 3, 1)));
        screen.show(List.of(run("one", 3, 1), run("two", 3, 1)));
        screen.show(List.of(run("one", 3, 2), run("two", 3, 1)));
        screen.close(receipt("three", "complete"));

        assertThat(text().lines())
                .hasSize(4 + 2 + 4)
                .allMatch(line -> line.startsWith("LAB x20  "))
                .noneMatch(line -> line.contains("\033"));
        assertThat(text()).contains("   0:07 > shutdown:quay/guest-1  begins");
    }

    @Test
    void aTerminalThatIsDumbOrNoneIsNotPainted() {
        assertThat(Terminal.of(Map.of("TERM", "xterm"), true)).isEqualTo(new Terminal(true, 78, 24));
        assertThat(Terminal.of(Map.of("TERM", "xterm", "COLUMNS", "132", "LINES", "50"), true))
                .isEqualTo(new Terminal(true, 132, 50));
        assertThat(Terminal.of(Map.of("TERM", "xterm"), false).painted()).isFalse();
        assertThat(Terminal.of(Map.of("TERM", "dumb"), true).painted()).isFalse();
        assertThat(Terminal.of(Map.of(), true).painted()).isFalse();
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A run of so many steps: the first are settled, one is under way, the others wait. */
    private static ObjectNode run(String name, int steps, int settled) {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        run.put("run", name).put("since", 7).put("forecast", 100).put("reason", "a reason, ".repeat(20));
        ArrayNode list = run.putArray("steps");
        for (int i = 0; i < steps; i++) {
            ObjectNode step =
                    list.addObject().put("step", "shutdown:quay/guest-" + i).put("verb", "SHUT_DOWN");
            step.put("expected-begin", i).put("expected-end", i + 1);
            if (i < settled) {
                step.put("state", "settled").put("outcome", "Done").put("evidence", "status: stopped, ".repeat(9));
            } else if (i == settled) {
                step.put("state", "running").put("for", 2);
            } else {
                step.put("state", "waiting").putArray("waits-for").add("shutdown:quay/guest-" + (i - 1));
            }
        }
        return run;
    }

    private static JsonNode receipt(String name, String result) {
        ObjectNode receipt = JsonNodeFactory.instance.objectNode();
        receipt.put("run", name).put("result", result).put("took", "PT1M4.2S").put("forecast", "PT30S");
        ArrayNode steps = receipt.putArray("steps");
        step(steps, "shutdown:quay/app", "Failed", "still there");
        step(steps, "shutdown:quay/hung", "Done", "status: stopped").put("forced", true);
        step(steps, "shutdown:quay/calm", "Done", "status: stopped");
        return receipt;
    }

    private static ObjectNode step(ArrayNode steps, String id, String outcome, String evidence) {
        return steps.addObject()
                .put("step", id)
                .put("verb", "SHUT_DOWN")
                .put("outcome", outcome)
                .put("evidence", evidence)
                .put("took", "PT5S");
    }
}
