package io.ridethrough.camel;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a UPS said in turn, at a site that waits 60 s before it goes down and 300 s before it comes up.
 *
 * @param why part of the reason of each shutdown that it leads to
 * @param ends every command that it leads to
 */
record Cut(String name, List<Word> words, String why, List<String> ends) {
    private static final List<String> NOTHING = List.of();
    static final List<String> DOWN = List.of("SHUT_DOWN attic/app", "POWER_OFF attic/node");
    static final List<String> UP = List.of("WAKE attic/node", "START attic/app");
    private static final String HOLD = "longer than the hold of 60 s";
    private static final String CRITICAL = "critical after";

    /** @param lasts until the next */
    record Word(String status, int charge, Duration runtime, Duration lasts) {}

    @Override
    public String toString() {
        return name;
    }

    static List<Cut> shutdowns() {
        return List.of(
                cut(
                        "an ordinary outage",
                        HOLD,
                        round(1),
                        says("OB DISCHRG", 90, 61),
                        says("OL CHRG", 88, 299),
                        full(2)),
                cut(
                        "low when it is heard of",
                        CRITICAL,
                        DOWN,
                        says("OB LB DISCHRG", 9, 3),
                        says("OB LB DISCHRG", 8, 10)),
                cut(
                        "a battery that runs low in its hold",
                        CRITICAL,
                        DOWN,
                        says("OB", 60, 20),
                        says("OB LB", 14, 3),
                        says("LB OB", 12, 10)),
                cut("forced on battery", CRITICAL, DOWN, says("OB DISCHRG", 50, 10), says("FSD OB LB", 20, 10)),
                cut(
                        "a battery that lasts shorter than its shutdown",
                        "the latest start has come",
                        DOWN,
                        new Word("OB", 95, Duration.ofSeconds(70), Duration.ofSeconds(5)),
                        new Word("OB", 94, Duration.ofSeconds(65), Duration.ofSeconds(5)),
                        new Word("OB", 93, Duration.ofSeconds(60), Duration.ofSeconds(5)),
                        new Word("OB", 92, Duration.ofSeconds(55), Duration.ofSeconds(6))),
                cut(
                        "mains back on a battery that is low, until that is charged",
                        HOLD,
                        round(1),
                        says("OB", 20, 61),
                        says("OB LB", 4, 10),
                        says("OL CHRG LB", 5, 900),
                        says("OL CHRG", 50, 301)),
                cut(
                        "mains back while the battery stays low",
                        HOLD,
                        DOWN,
                        says("OB", 20, 61),
                        says("OL CHRG LB", 5, 900)),
                cut(
                        "mains back with the latch of a forced shutdown",
                        HOLD,
                        DOWN,
                        says("OB", 20, 61),
                        says("FSD OB LB", 9, 10),
                        says("FSD OL", 40, 900)),
                cut(
                        "mains gone again before it is believed",
                        HOLD,
                        round(1),
                        says("OB", 90, 61),
                        says("OL CHRG", 80, 299),
                        says("OB", 70, 100),
                        says("OL CHRG", 69, 299),
                        full(2)),
                cut(
                        "a flap after an outage",
                        HOLD,
                        round(1),
                        says("OB", 90, 61),
                        says("OL", 80, 301),
                        says("OB", 79, 59),
                        full(1)),
                cut(
                        "a second outage after the first",
                        HOLD,
                        round(2),
                        says("OB", 90, 61),
                        says("OL", 80, 301),
                        says("OB", 79, 61),
                        full(301)));
    }

    static List<Cut> onlyLooksLikeOne() {
        return List.of(
                cut("a flap a second shorter than the hold", "", NOTHING, says("OB", 99, 59), full(1)),
                cut(
                        "three flaps together longer than the hold",
                        "",
                        NOTHING,
                        says("OB", 99, 59),
                        says("OL", 98, 60),
                        says("OB", 97, 59),
                        says("OL", 96, 2),
                        says("OB", 95, 59),
                        full(1)),
                cut(
                        "low on mains, as after a self-test",
                        "",
                        NOTHING,
                        says("OL LB", 90, 600),
                        says("OL CHRG LB", 88, 600)),
                cut(
                        "a calibration on mains",
                        "",
                        NOTHING,
                        says("OL CAL DISCHRG", 80, 600),
                        says("CAL OL DISCHRG LB", 15, 600),
                        says("OL CHRG", 16, 60)),
                cut("a latch on mains", "", NOTHING, says("FSD OL", 97, 600), says("OL FSD CHRG", 98, 600)),
                cut(
                        "bypass and off, with somebody at work",
                        "",
                        NOTHING,
                        says("OL BYPASS", 96, 600),
                        says("BYPASS", 95, 600),
                        says("OL OFF", 94, 600)),
                cut("on mains and on battery at once", "", NOTHING, says("OL OB", 96, 600), says("OB OL", 95, 600)),
                cut(
                        "trims, boosts and alarms",
                        "",
                        NOTHING,
                        says("ALARM OL", 96, 600),
                        says("OL TRIM", 95, 600),
                        says("OL BOOST RB", 94, 600)));
    }

    private static Cut cut(String name, String why, List<String> ends, Word... words) {
        return new Cut(name, List.of(words), why, ends);
    }

    private static List<String> round(int times) {
        List<String> once = Stream.concat(DOWN.stream(), UP.stream()).toList();
        return Collections.nCopies(times, once).stream().flatMap(List::stream).toList();
    }

    private static Word full(int seconds) {
        return says("OL", 100, seconds);
    }

    /** With a minute of runtime for each percent. */
    private static Word says(String status, int charge, int seconds) {
        return new Word(status, charge, Duration.ofMinutes(charge), Duration.ofSeconds(seconds));
    }
}
