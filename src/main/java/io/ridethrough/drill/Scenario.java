package io.ridethrough.drill;

import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Site;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a drill plays, in this order. */
public enum Scenario {
    NORMAL_OUTAGE("the mains fail with a full battery, stay away until all is down, and return"),
    SHORT_FLAP("the mains fail and are back within a third of the hold"),
    DEAD_BATTERY("the mains fail while the battery holds a third of what the plan needs"),
    HUNG_GUESTS("the mains fail, and guests that may be forced ignore their shutdown"),
    LOST_NAS("every port of a NAS refuses, then the mains fail"),
    BACK_IN_FIRST_THIRD("the mains return in the first third of the shutdown"),
    BACK_IN_SECOND_THIRD("the mains return in the second third of the shutdown"),
    BACK_IN_LAST_THIRD("the mains return in the last third of the shutdown");

    /** What lasts a minute or two is over before a machine that is slow for a moment has done anything. */
    private static final double FASTEST_ON_A_DEAD_BATTERY = 5;

    private final String plot;

    Scenario(String plot) {
        this.plot = plot;
    }

    /** Its name as it is typed, for example {@code normal-outage}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What happens in it, as half a sentence. */
    public String plot() {
        return plot;
    }

    /** The scenario that is typed so. */
    public static Optional<Scenario> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** How many times as fast it is played where so much is asked for: less where every moment counts. */
    public double speed(double asked) {
        return this == DEAD_BATTERY ? Math.min(asked, FASTEST_ON_A_DEAD_BATTERY) : asked;
    }

    /** After how much of the forecast time of the shutdown the mains return; empty where they do not return amid it. */
    public Optional<Double> returnsAfter() {
        return switch (this) {
            case BACK_IN_FIRST_THIRD -> Optional.of(1 / 6.0);
            case BACK_IN_SECOND_THIRD -> Optional.of(3 / 6.0);
            case BACK_IN_LAST_THIRD -> Optional.of(5 / 6.0);
            default -> Optional.empty();
        };
    }

    /** Why there is nothing to play at that site, if so. */
    public Optional<String> pointlessAt(Site site) {
        if (this == LOST_NAS && site.nases().isEmpty()) {
            return Optional.of("the site has no NAS");
        }
        return this == HUNG_GUESTS && site.guests().stream().noneMatch(Guest::mayForce)
                ? Optional.of("the site has no guest that may be forced")
                : Optional.empty();
    }
}
