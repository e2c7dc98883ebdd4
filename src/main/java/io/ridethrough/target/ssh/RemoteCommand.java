package io.ridethrough.target.ssh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A command for a remote POSIX shell. Arguments are data: they are quoted here and nowhere else, so that no value can
 * become a second command.
 *
 * @param arguments program first; no NUL and no line break inside any
 * @param limit the far side ends it after this time ({@code timeout}), and we stop waiting shortly after
 * @param lane which traffic it belongs to; lanes never queue behind one another
 */
public record RemoteCommand(List<String> arguments, Duration limit, Lane lane) {
    private static final Duration KILL_AFTER = Duration.ofSeconds(5);
    private static final Pattern NUMBER = Pattern.compile("(?<=^|=|^(?:vm|ct)\\\\:)[0-9]+$");
    private static final Pattern DIGITS = Pattern.compile("(?<=^|=)[0-9]+$");
    private static final Pattern UPID = Pattern.compile("UPID.*");
    private static final List<String> SUDO = List.of("sudo", "-n");

    /** Kinds of traffic. Looks and forced stops never wait behind blocking commands. */
    public enum Lane {
        BLOCKING,
        LOOK,
        FORCED
    }

    public RemoteCommand {
        arguments = List.copyOf(arguments);
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        for (String argument : arguments) {
            if (argument.chars().anyMatch(c -> c == 0 || c == '\n' || c == '\r')) {
                throw new IllegalArgumentException("an argument holds NUL or a line break");
            }
        }
    }

    public static RemoteCommand look(Duration limit, String... arguments) {
        return new RemoteCommand(List.of(arguments), limit, Lane.LOOK);
    }

    /** The same command run through {@code sudo -n}. */
    public RemoteCommand asRoot(boolean sudo) {
        if (!sudo) {
            return this;
        }
        List<String> prefixed = new ArrayList<>(SUDO);
        prefixed.addAll(arguments);
        return new RemoteCommand(prefixed, limit, lane);
    }

    /** Asks sudo whether it would let this command of root through, exactly as it would be sent; runs nothing of it. */
    RemoteCommand asked() {
        if (!isRoots()) {
            throw new IllegalArgumentException("it does not go through sudo: " + line());
        }
        List<String> words = new ArrayList<>(List.of("sudo", "-l", "-n"));
        words.addAll(sent().subList(SUDO.size(), sent().size()));
        return new RemoteCommand(words, Duration.ofSeconds(15), Lane.LOOK);
    }

    /**
     * What lets this command of root through in sudoers(5), whatever its numbers are, and no other: the program with its
     * arguments as a regular expression, which sudo has since 1.9.10. A wildcard would not do: it matches spaces too.
     */
    public String sudoersRule() {
        return "/usr/bin/"
                + sent().get(SUDO.size())
                + " ^"
                + sent().stream()
                        .skip(SUDO.size() + 1L)
                        .map(RemoteCommand::pattern)
                        .collect(Collectors.joining(" "))
                + "$";
    }

    /** The same, with one word behind it, which matches the expression. */
    public String sudoersRuleWithOneMore(String word) {
        return sudoersRuleBefore(" " + word);
    }

    /** The same, with one word or more behind it, each of which matches the expression. */
    public String sudoersRuleWithMore(String word) {
        return sudoersRuleBefore("( " + word + ")+");
    }

    private String sudoersRuleBefore(String end) {
        String rule = sudoersRule();
        return rule.substring(0, rule.length() - 1) + end + "$";
    }

    /**
     * What lets it through in a sudo that knows no regular expressions, whatever the last of its numbers is: one rule for
     * each number of digits, up to four. Its other numbers are as they are.
     */
    public List<String> sudoersRulesOfDigits() {
        List<String> words = sent().subList(SUDO.size() + 1, sent().size());
        int last = IntStream.range(0, words.size())
                .filter(i -> DIGITS.matcher(words.get(i)).find())
                .reduce(0, (before, i) -> i);
        return IntStream.rangeClosed(1, 4)
                .mapToObj(count -> IntStream.range(0, words.size())
                        .mapToObj(i -> i == last
                                ? wild(DIGITS.matcher(words.get(i)).replaceAll("")) + "[0-9]".repeat(count)
                                : wild(words.get(i)))
                        .collect(Collectors.joining(" ", "/usr/bin/" + sent().get(SUDO.size()) + " ", "")))
                .toList();
    }

    /** Escaped as sudoers(5) asks of arguments, which are patterns of a shell there. */
    private static String wild(String word) {
        return word.replaceAll("[*?\\[\\]!,:=#\\\\]", "\\\\$0");
    }

    private static String pattern(String word) {
        String literal = word.replaceAll("[.*+?(){}|,:=\\[^$#]", "\\\\$0");
        return UPID.matcher(NUMBER.matcher(literal).replaceAll("[0-9]+")).replaceAll("UPID[^ /]+");
    }

    private boolean isRoots() {
        return arguments.size() > 2 && arguments.subList(0, 2).equals(SUDO);
    }

    /**
     * The line for the remote shell: {@code timeout -k 5 <s> <command>}, so that nothing runs on after us. The limit is
     * rounded up to whole seconds, since not every {@code timeout} knows fractions. It goes inside of {@code sudo -n}:
     * outside, it could not end what runs as root.
     */
    public String line() {
        return ShellQuoting.words(sent());
    }

    /** The words of {@link #line}. */
    List<String> sent() {
        boolean root = isRoots();
        List<String> words = new ArrayList<>(root ? SUDO : List.of());
        words.addAll(List.of("timeout", "-k", Long.toString(KILL_AFTER.toSeconds()), Long.toString(wholeSeconds())));
        words.addAll(root ? arguments.subList(SUDO.size(), arguments.size()) : arguments);
        return words;
    }

    /** How long the far side lets it run at most: the limit in whole seconds, and the time until it is killed. */
    public Duration remoteBound() {
        return Duration.ofSeconds(wholeSeconds()).plus(KILL_AFTER);
    }

    private long wholeSeconds() {
        return Math.max(1, limit.plusNanos(999_999_999).toSeconds());
    }
}
