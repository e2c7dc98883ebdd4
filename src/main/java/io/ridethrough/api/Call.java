package io.ridethrough.api;

import org.jspecify.annotations.Nullable;

/**
 * A request over HTTP, stripped of everything else.
 *
 * @param authorization the header as sent, if any
 * @param id the last part of the path, or empty
 */
public record Call(@Nullable String authorization, String id, String body) {}
