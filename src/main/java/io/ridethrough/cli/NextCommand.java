package io.ridethrough.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** What to type next: the last line of a command that is one step on the way to an armed site. */
final class NextCommand {
    private static final List<String> WAY =
            List.of("doctor", "check", "forecast", "rehearse", "ready-to-act", "arm", "status");
    private static final Set<String> OF_A_SITE = Set.of("forecast", "rehearse", "ready-to-act", "arm");

    private NextCommand() {}

    /** Says it as it can be copied. */
    static void say(String words) {
        System.out.println("Next: " + Ridethrough.typed(words));
    }

    /** The command after this one, where that is about no site. */
    static void after(String command) {
        after(command, "");
    }

    /** The command after this one on the way to an armed site; those that this build has not are passed over. */
    static void after(String command, String site) {
        Set<String> known = new CommandLine(new Ridethrough()).getSubcommands().keySet();
        WAY.stream()
                .skip(WAY.indexOf(command) + 1L)
                .filter(known::contains)
                .findFirst()
                .ifPresent(next -> say(next + (OF_A_SITE.contains(next) ? " " + site : "")));
    }
}
