package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.realparts.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process that stands still in mid-run while its hosts go on, and that finds another time when it goes on: R9,
 * R19, R20.
 */
final class StoppedProcessTest {
    private static final double SPEED = 20;
    private static final long STOP_SECONDS = 25;

    /** The command of a guest that goes down after another is written down and not yet sent. */
    private static final Boundary IN_SHUTDOWN = Boundary.parse("intention:3:after");

    /** A command of the way back is written down and not yet sent. */
    private static final Boundary IN_STARTUP = Boundary.parse("intention:9:after");

    @TempDir
    Path folder;

    private Path contracts;

    @BeforeEach
    void declare() throws IOException {
        contracts = QuickAttic.in(folder.resolve("contracts")).path();
    }

    /** It stands still for 500 seconds of its hosts', the slowest of which is given 300 to go. */
    @Test
    void doesNothingTwiceAfterItStoodStillForLongerThanAnythingIsGivenToGo() throws Exception {
        try (KilledStory story = new KilledStory(ChildJvm.JAVA, folder, contracts, SPEED)) {
            story.stoppedAt(
                    List.of(IN_SHUTDOWN), (process, stop) -> assertThat(process.waitFor(STOP_SECONDS, TimeUnit.SECONDS))
                            .isFalse());
            story.judge();
        }
    }

    /** The wall clock alone: an hour of the hosts' back in the shutdown, two days of theirs on in the startup. */
    @Test
    void doesNothingTwiceWhenTheClockIsSetBackAnHourAndForwardTwoDays() throws Exception {
        Path clock = Files.writeString(folder.resolve("clock"), "+0\n");
        try (KilledStory story = new KilledStory(underClock(clock), folder, contracts, SPEED)) {
            story.stoppedAt(
                    List.of(IN_SHUTDOWN, IN_STARTUP),
                    (process, stop) -> Files.writeString(clock, stop == 1 ? "-3m\n" : "+144m\n"));
            story.judge();
            assertThat(story.recordedAt()).as("the clock was really set").satisfies(times -> {
                assertThat(times).anyMatch(time -> time.compareTo(times.get(0)) < 0);
                assertThat(times.get(times.size() - 1)).isAfter(times.get(0).plusSeconds(TimeUnit.DAYS.toSeconds(1)));
            });
        }
    }

    /** Java whose wall clock, and no other, is off by what the file says. */
    private static List<String> underClock(Path clock) throws IOException {
        List<String> java = new ArrayList<>(List.of(
                "env",
                "LD_PRELOAD=" + FakeTime.library(),
                "DONT_FAKE_MONOTONIC=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                // Without it every timed wait of Java returns at once, and the process burns all the machine has.
                "FAKETIME_FORCE_MONOTONIC_FIX=0",
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_TIMESTAMP_FILE=" + clock));
        java.addAll(ChildJvm.JAVA);
        return java;
    }
}
