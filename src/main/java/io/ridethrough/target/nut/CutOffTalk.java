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
    /** What an idle timer tells that has 16 bits: it is no time. */
    private static final int NO_TIME = 65_535;
    /** By how much a driver may lengthen the delay that was asked for: some count in minutes. */
    private static final int SLACK = 60;

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
        OptionalInt left = timer(variables, delay);
        if (left.isPresent()) {
            return new Told.Done("it counts down already: " + left.getAsInt() + " s left");
        }
        long seconds = seconds(delay);
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

    /**
     * Seconds until it cuts its load; empty while it does not count down, or does not tell. NUT documents -1 for an idle
     * timer, and its drivers pass on what the UPS says: -60 or 0 (CyberPower, Eaton/Santak, Belkin), 65535 (Tripp Lite).
     * So only what a countdown can be is one: more than nothing, and no more than the delay it began with. In its last
     * second a countdown tells 0 and is not seen here, when nothing can be told to it in time either. The status is not
     * asked: one that goes on once mains are back cuts its load all the same, and must be called back.
     *
     * @param delay the longest that it may have been told by us; its own delay counts when that is longer
     */
    static OptionalInt timer(Map<String, String> variables, Duration delay) {
        int left = number(variables.get(TIMER));
        long longest = Math.max(seconds(delay), number(variables.get(DELAY))) + SLACK;
        return left > 0 && left < NO_TIME && left <= longest ? OptionalInt.of(left) : OptionalInt.empty();
    }

    private static long seconds(Duration delay) {
        return Math.max(1, delay.plusMillis(999).toSeconds());
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
