package io.ridethrough.lab.api;

import java.util.Map;
import java.util.TreeMap;

/**
 * A request as it reached the lab.
 *
 * @param path decoded segment by segment only by who reads it
 * @param parameters of query and form together
 * @param headers by lower-case name
 * @param body empty when there was none
 */
public record Asked(
        String method, String path, Map<String, String> parameters, Map<String, String> headers, String body) {
    public Asked {
        parameters = new TreeMap<>(parameters);
        headers = new TreeMap<>(headers);
    }

    /** A parameter of query or form; empty when it is not there. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** A header by its lower-case name; empty when it is not there. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
