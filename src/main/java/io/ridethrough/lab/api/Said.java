package io.ridethrough.lab.api;

import java.util.Map;
import java.util.TreeMap;

/** What is answered, with headers beside the usual ones. A status of 0 hangs up without a word. */
public record Said(int status, String reason, String body, Map<String, String> headers) {
    public Said {
        headers = new TreeMap<>(headers);
    }

    public Said(int status, String reason, String body) {
        this(status, reason, body, Map.of());
    }

    /** The connection goes away, whatever was done. */
    public static Said nothing() {
        return new Said(0, "", "");
    }
}
