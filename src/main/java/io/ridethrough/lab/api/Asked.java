package io.ridethrough.lab.api;

import java.util.Map;
import java.util.TreeMap;

/**
 * A request as it reached the lab.
 *
 * @param path decoded segment by segment only by who reads it
 * @param parameters of query and form together
 * @param headers by lower-case name
 * @param content whether it had a body
 */
public record Asked(
        String method, String path, Map<String, String> parameters, Map<String, String> headers, boolean content) {
    public Asked {
        parameters = new TreeMap<>(parameters);
        headers = new TreeMap<>(headers);
    }
}
