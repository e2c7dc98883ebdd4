package io.ridethrough.cli;

import ch.qos.logback.classic.Level;
import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the output goes to.
 *
 * @param painted whether lines can be painted over: a terminal that is not dumb
 * @param columns what fits on a line
 * @param rows what fits on a screen
 */
record Terminal(boolean painted, int columns, int rows) {
    private static final int COLUMNS = 78;
    private static final int ROWS = 24;

    /** This process's own; its size is what the environment says, or the smallest in use. */
    static Terminal own() {
        return of(System.getenv(), isTerminal());
    }

    /** Lines for a file, a pipe or someone who asked for them. */
    static Terminal plain() {
        return new Terminal(false, COLUMNS, ROWS);
    }

    static Terminal of(Map<String, String> environment, boolean terminal) {
        String kind = environment.getOrDefault("TERM", "dumb");
        return new Terminal(
                terminal && !kind.equals("dumb"),
                number(environment.get("COLUMNS"), COLUMNS),
                number(environment.get("LINES"), ROWS));
    }

    /** Broken between words where it is longer than a line, the rest indented. */
    static String folded(String text, int indent, int columns) {
        StringBuilder folded = new StringBuilder();
        String rest = text;
        while (rest.length() > columns) {
            int space = rest.lastIndexOf(' ', columns);
            int end = space > indent ? space : columns;
            folded.append(rest, 0, end).append('\n');
            rest = " ".repeat(indent) + rest.substring(end).stripLeading();
        }
        return folded.append(rest).toString();
    }

    /** The screen is for the runs; what goes wrong is still logged. */
    static void quiet() {
        quiet(Level.WARN);
    }

    /** Only what broke is logged: simulated worlds that end amid an outage have much to complain of. */
    static void quieter() {
        quiet(Level.ERROR);
    }

    private static void quiet(Level level) {
        if (System.getProperty("ridethrough.log.level") == null
                && LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(level);
        }
    }

    /** From JDK 22 on there is a console without a terminal too, and it can be asked. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException older) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    private static int number(@Nullable String text, int otherwise) {
        return text != null && text.matches("[0-9]{2,3}") ? Integer.parseInt(text) : otherwise;
    }
}
