package io.ridethrough.target.homeassistant;

import io.ridethrough.target.way.Ask;
import java.time.Duration;

/** What is asked of a Home Assistant, whichever way it goes. */
public sealed interface HomeAsk extends Ask {
    /** What changes nothing. */
    sealed interface Look extends HomeAsk, Ask.Look {}

    /** Whether it runs: {@link HomeTold.Running}. */
    record State() implements Look {}
}
