package io.ridethrough.cli;

/** What the exit code of a command means. */
final class Exit {
    /** It was done, and all is well. */
    static final int WELL = 0;

    /** It was refused, or what was read is not valid. Nothing was changed. */
    static final int REFUSED = 1;

    /** The command line itself was wrong (picocli's own code). */
    static final int USAGE = 2;

    /** A run or a trial went to its end, but not all of it is well. */
    static final int INCOMPLETE = 3;

    /** No service answers. */
    static final int NO_SERVICE = 4;

    /** The program itself broke; the log says where. */
    static final int BROKEN = 5;

    private Exit() {}
}
