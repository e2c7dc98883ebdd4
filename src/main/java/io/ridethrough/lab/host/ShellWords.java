package io.ridethrough.lab.host;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line as a POSIX shell reads it, as far as remote commands need: quoting, {@code ; && || &} and redirections.
 * Nothing is expanded but {@code $?}.
 */
final class ShellWords {
    /** Stands for {@code $?} in a word. */
    static final String LAST_EXIT = "\uE000";

    /** One simple command and the operator after it; empty at the end of the line. */
    record Command(List<String> words, String then, boolean silent) {}

    private final String line;
    private int at;
    private final List<Command> commands = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private boolean silent;

    private ShellWords(String line) {
        this.line = line;
    }

    /** The commands of {@code line} in order. Throws IllegalArgumentException where sh would report a syntax error. */
    static List<Command> parse(String line) {
        return new ShellWords(line).read();
    }

    private List<Command> read() {
        while (true) {
            while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
                at++;
            }
            if (at >= line.length()) {
                end("");
                return commands;
            }
            if (!operator()) {
                words.add(word());
            }
        }
    }

    private boolean operator() {
        for (String operator : List.of("&&", "||", ";", "\n")) {
            if (line.startsWith(operator, at)) {
                at += operator.length();
                end(operator.equals("\n") ? ";" : operator);
                return true;
            }
        }
        for (String redirect : List.of("2>&1", "1>&2", ">&2", "2>>", "2>", ">>", "&>", ">", "<")) {
            if (line.startsWith(redirect, at)) {
                at += redirect.length();
                redirect(redirect);
                return true;
            }
        }
        if (line.charAt(at) == '&') {
            at++;
            end("&");
            return true;
        }
        return false;
    }

    private void redirect(String operator) {
        if (operator.endsWith("&1") || operator.endsWith("&2")) {
            return;
        }
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        String target = word();
        silent |= operator.startsWith(">") && target.equals("/dev/null");
    }

    private void end(String then) {
        if (!words.isEmpty()) {
            commands.add(new Command(List.copyOf(words), then, silent));
        }
        words = new ArrayList<>();
        silent = false;
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (at < line.length() && " \t\n;&|<>".indexOf(line.charAt(at)) < 0) {
            char c = line.charAt(at++);
            if (c == '\'') {
                word.append(line, at, closing('\''));
                at = closing('\'') + 1;
            } else if (c == '"') {
                doubleQuoted(word);
            } else if (c == '\\' && at < line.length()) {
                word.append(line.charAt(at++));
            } else if (c == '$' && line.startsWith("?", at)) {
                word.append(LAST_EXIT);
                at++;
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }

    private void doubleQuoted(StringBuilder word) {
        while (true) {
            if (at >= line.length()) {
                throw new IllegalArgumentException("unexpected EOF while looking for matching `\"'");
            }
            char c = line.charAt(at++);
            if (c == '"') {
                return;
            } else if (c == '\\' && at < line.length() && "\"\\$`".indexOf(line.charAt(at)) >= 0) {
                word.append(line.charAt(at++));
            } else if (c == '$' && line.startsWith("?", at)) {
                word.append(LAST_EXIT);
                at++;
            } else {
                word.append(c);
            }
        }
    }

    private int closing(char quote) {
        int end = line.indexOf(quote, at);
        if (end < 0) {
            throw new IllegalArgumentException("unexpected EOF while looking for matching `" + quote + "'");
        }
        return end;
    }
}
