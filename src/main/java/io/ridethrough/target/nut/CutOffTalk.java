package io.ridethrough.target.nut;

import io.ridethrough.target.way.Told;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is said to a NUT server so that a UPS cuts its load for as long as mains are away: {@code shutdown.return} and
 * {@code shutdown.stop}, by a user with the right to them (NUT: net-protocol INSTCMD and SET VAR, command names).
 */
final class CutOffTalk {
    static final String RETURN = "shutdown.return";
    static final String STOP = "shutdown.stop";
    private static final String DELAY = "ups.delay.shutdown";
    private static final String TIMER = "ups.timer.shutdown";

    private final NutConnection connection;
    private final String ups;
    private boolean sent;

    CutOffTalk(NutConnection connection, String ups) {
        this.connection = connection;
        this.ups = ups;
    }

    /** Whether a command was on its way when something broke: then only a look tells what became of it. */
    boolean sent() {
        return sent;
    }

    /** It counts down only while it is surely on battery: a UPS that is told on mains cuts what runs (R35). */
    Told cutOff(Map<String, String> variables, Duration delay) throws IOException {
        String status = variables.getOrDefault("ups.status", "");
        if (!onBattery(status)) {
            return new Told.Declined("its status is \"" + status + "\": it never cuts its load but on battery");
        }
        OptionalInt left = timer(variables);
        if (left.isPresent()) {
            return new Told.Done("it counts down already: " + left.getAsInt() + " s left");
        }
        long seconds = Math.max(1, delay.plusMillis(999).toSeconds());
        String set = connection.ask("SET VAR " + ups + " " + DELAY + " \"" + seconds + "\"");
        if (!set.startsWith("OK") && number(variables.get(DELAY)) < seconds) {
            return new Told.Declined("its delay cannot be set to " + seconds + " s (" + set + ") and is "
                    + variables.getOrDefault(DELAY, "not told"));
        }
        return instant(RETURN, "it takes the command to cut its load in " + seconds + " s");
    }

    /** Takes that back. */
    Told keepOn() throws IOException {
        return instant(STOP, "it takes the command to keep its load on");
    }

    private Told instant(String command, String done) throws IOException {
        sent = true;
        String answer = connection.ask("INSTCMD " + ups + " " + command);
        if (answer.startsWith("OK")) {
            return new Told.Done(done);
        }
        return answer.startsWith("ERR ")
                ? new Told.Declined(command + ": " + answer.substring(4))
                : new Told.Lost(command + ": it says what no NUT server says: " + answer);
    }

    /** Seconds until it cuts its load; empty while it does not count down, or does not tell. */
    static OptionalInt timer(Map<String, String> variables) {
        int left = number(variables.get(TIMER));
        return left >= 0 ? OptionalInt.of(left) : OptionalInt.empty();
    }

    static boolean onBattery(String status) {
        List<String> tokens = Arrays.asList(status.strip().split("\\s+", -1));
        return tokens.contains("OB") && !tokens.contains("OL") && !tokens.contains("CAL");
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? -1 : (int) Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
