package io.ridethrough.target.nut;

/** How a UPS stands towards cutting its load (R35). */
public sealed interface Outlet {
    /** In words for people. */
    String evidence();

    /** Its timer runs. */
    record CountingDown(String evidence) implements Outlet {}

    /** Surely on battery, and its load is on. A UPS that does not tell its timer stays so when it counts down. */
    record OnBattery(String evidence) implements Outlet {}

    /** On mains, or not surely on battery. */
    record OnMains(String evidence) implements Outlet {}

    /** It could not be asked. */
    record Unseen(String evidence) implements Outlet {}
}
