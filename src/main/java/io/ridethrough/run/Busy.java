package io.ridethrough.run;

/** Whether something else works on an asset that a run is about to take down: a backup, a migration, a snapshot. */
public sealed interface Busy {
    String words();

    /** Nothing does. */
    record Free(String words) implements Busy {}

    /** Something does, which taking the asset down would spoil. */
    record Taken(String words) implements Busy {}

    /** It cannot be told; the target refuses what it must. */
    record Unseen(String words) implements Busy {}
}
