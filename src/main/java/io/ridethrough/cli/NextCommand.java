package io.ridethrough.cli;

/** What to type next: the last line of a command that is one step on the way to an armed site. */
final class NextCommand {
    private NextCommand() {}

    /** Says it as it can be copied. */
    static void say(String words) {
        System.out.println("Next: " + Ridethrough.typed(words));
    }
}
