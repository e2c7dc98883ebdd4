package io.ridethrough.simulation;

/**
 * The kinds of faults that the product promises to survive. The first 37 are those of the project's rules for
 * reliability; those that cannot be had where ports are simulated say why and are never counted.
 */
enum FaultKind {
    KILLED("process", "the process ends at a write, before or after it"),
    STOPPED_60_S("process", "the process stands still for 60 s and goes on"),
    OUT_OF_MEMORY("process", "the process ends at any moment, not at a write"),
    CRASH_LOOP("process", "the process ends again and again, soon after each start"),
    EXIT_IN_HOOK("process", "no hook of the JVM runs here", false),

    POWER_CUT_IMAGE("disk", "the images of the journal's file are replayed from traced writes elsewhere", false),
    NO_SPACE("disk", "nothing can be appended for a while"),
    IO_ERROR("disk", "single appends fail"),
    READ_ONLY("disk", "nothing can be appended for a long while, also after a restart"),
    CORRUPT_BYTE("disk", "the journal here has no file; the file's checks are tested on SQLite", false),

    CLOCK_TWO_DAYS_ON("time", "the wall clock is set forward two days"),
    CLOCK_ONE_HOUR_BACK("time", "the wall clock is set back an hour"),
    CLOCK_DRIFTS("time", "the wall clock runs 2 % fast"),
    DEAD_RTC("time", "the machine restarts in the year 2000"),

    REFUSED("net", "a host refuses connections"),
    BLACK_HOLE("net", "a host swallows what is sent"),
    HALF_OPEN("net", "a host takes what is sent and its answers never come"),
    RESET_AFTER_REQUEST("net", "the connection is reset once the request was taken"),
    DELAYED_REPLY("net", "the effect and the answer come after our timeout"),
    ONE_WAY("net", "we can send and hear nothing"),
    WAN_CUT("net", "a whole other site cannot be reached"),
    NO_NAMES("net", "names do not resolve: probes see nothing"),

    DUPLICATE("events", "every message comes twice"),
    REORDERED("events", "messages overtake each other"),
    RETAINED_STALE("events", "the broker kept an old message"),
    FLAPPING("events", "mains comes and goes"),
    COMMUNICATION_LOST("events", "no word of the UPS once it is on battery"),
    POWER_BACK("events", "mains is back at any one step of the shutdown"),

    LEASE_LOST("cluster", "one process writes: there is no cluster yet", false),
    STALE_LEADER("cluster", "one process writes: there is no cluster yet", false),
    DATABASE_DOWN("cluster", "one process writes: there is no cluster yet", false),
    CLOCK_SKEW("cluster", "one process writes: there is no cluster yet", false),

    HANGS("targets", "a target ignores what it is told"),
    SAYS_OK("targets", "a target says ok and stays as it is"),
    LIES_ONCE("targets", "a target tells the opposite of its state, once"),
    AUTH_REVOKED("targets", "a host no longer lets us in"),
    QUORUM_LOST("targets", "a node starts nothing for want of a quorum"),

    EMPTY_LIST("further", "a host answers with an empty list of guests");

    /** How many the rules name. */
    static final int NAMED = 37;

    final String group;
    final String what;
    final boolean here;

    FaultKind(String group, String what) {
        this(group, what, true);
    }

    /** @param here whether it can be had in this simulation; otherwise {@code what} says why not */
    FaultKind(String group, String what, boolean here) {
        this.group = group;
        this.what = what;
        this.here = here;
    }
}
