package io.ridethrough.camel;

import io.ridethrough.target.way.Ask;

/** What a target is asked, on its way through its route. */
public record WayCall<T, A extends Ask>(T target, A ask) {}
