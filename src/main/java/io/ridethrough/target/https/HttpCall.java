package io.ridethrough.target.https;

import io.ridethrough.target.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One call. Secrets may stand in headers and in the body, and so neither is ever shown.
 *
 * @param path below the target's root, starting with a slash; its parts are percent-encoded already
 * @param query form-encoded, without the question mark; empty for none
 * @param headers what is sent beside the body's own headers
 * @param limit how long the answer is waited for
 */
public record HttpCall(
        Method method, String path, String query, Map<String, Secret> headers, Optional<Body> body, Duration limit) {
    public HttpCall {
        headers = new TreeMap<>(headers);
        if (!path.startsWith("/") || !path.equals(path.strip()) || path.contains("?")) {
            throw new IllegalArgumentException("a path starts with a slash and holds no query: " + path);
        }
    }

    /** The methods that targets know. */
    public enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }

    /** What is sent, and its media type. */
    public record Body(String type, Secret content) {
        /** A form. */
        public static Body form(Map<String, String> fields) {
            return new Body("application/x-www-form-urlencoded", Secret.of(HttpCall.form(fields)));
        }

        /** A JSON text. */
        public static Body json(String text) {
            return new Body("application/json", Secret.of(text));
        }
    }

    /** A question that changes nothing. */
    public static HttpCall get(String path, Map<String, String> query, Duration limit) {
        return new HttpCall(Method.GET, path, form(query), Map.of(), Optional.empty(), limit);
    }

    /** A form posted. */
    public static HttpCall post(String path, Map<String, String> form, Duration limit) {
        return new HttpCall(Method.POST, path, "", Map.of(), Optional.of(Body.form(form)), limit);
    }

    /** What is there ends, or is taken away. */
    public static HttpCall delete(String path, Duration limit) {
        return new HttpCall(Method.DELETE, path, "", Map.of(), Optional.empty(), limit);
    }

    /** The same call with one more header. */
    public HttpCall with(String header, Secret value) {
        Map<String, Secret> more = new TreeMap<>(headers);
        more.put(header, value);
        return new HttpCall(method, path, query, more, body, limit);
    }

    /** One segment of a path, with everything encoded that would end or alter it. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Fields in the form that queries and bodies have, in the order of their names. */
    public static String form(Map<String, String> fields) {
        return new TreeMap<>(fields)
                .entrySet().stream()
                        .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    /** The method and the path; queries may hold session names, and so stay away. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
