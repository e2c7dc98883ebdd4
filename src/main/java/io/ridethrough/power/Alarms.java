package io.ridethrough.power;

import java.util.List;
import java.util.stream.Collectors;

/** What a person should know of a UPS, in the words of its state. */
final class Alarms {
    private static final List<String> ATTENTION = List.of("ALARM", "RB", "OVER");

    private Alarms() {}

    /** Empty when there is nothing; the same text for the same condition. */
    static String of(UpsTrack track) {
        UpsState state = track.state();
        if (state instanceof UpsState.Recharging) {
            return track.id() + " is on mains with a low battery (OL LB): no reason to shut down, too early to start";
        }
        if (state instanceof UpsState.Forced forced && forced.feed() == UpsState.Feed.UNDECIDED) {
            return track.id() + " is on mains, but its forced shutdown is still latched (OL FSD): nothing is shut down"
                    + " for it, and nothing starts until it is cleared: restart upsd (systemctl restart nut-server)";
        }
        if (state instanceof UpsState.CommunicationLost lost) {
            String why = lost.reason().startsWith("silent") ? "it fell silent" : lost.reason();
            return lost.last() instanceof UpsState.Unheard
                    ? "nothing clear was heard of " + track.id() + " since the start: " + why
                    : "communication with " + track.id() + " is lost: " + why;
        }
        if (state instanceof UpsState.Online) {
            return attention(track);
        }
        return state instanceof UpsState.Unclear
                ? track.id() + " says neither mains nor battery clearly ("
                        + track.reading().status() + ")"
                : "";
    }

    /** A UPS on mains that wants a person: its own alarm, a worn battery, too much load (protocols 6). */
    private static String attention(UpsTrack track) {
        StatusSet status = track.reading().status();
        String wants = ATTENTION.stream().filter(status::has).collect(Collectors.joining(" "));
        return wants.isEmpty()
                ? ""
                : track.id() + " is on mains and wants attention (" + wants + "): nothing is shut down for it";
    }

    /** What is known of a UPS that is not surely on mains. */
    static String notOnMains(UpsTrack track) {
        if (track.state() instanceof UpsState.Unheard) {
            return "nothing was heard of " + track.id() + " yet";
        }
        String alarm = of(track);
        return alarm.isEmpty()
                ? track.id() + " is not on mains (" + track.reading().status() + ")"
                : alarm;
    }
}
