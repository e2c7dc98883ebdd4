package io.ridethrough.target.plug;

import io.ridethrough.target.way.Ask;
import java.time.Duration;

/** What a smart plug is asked. */
public sealed interface PlugAsk extends Ask {
    /** Whether it is on, and what it draws. */
    record State() implements PlugAsk, Ask.Look {}

    /** Switches it; one that is so already stays so, and is told nothing. */
    record Switch(boolean on, Duration limit) implements PlugAsk, Ask.Act {}
}
