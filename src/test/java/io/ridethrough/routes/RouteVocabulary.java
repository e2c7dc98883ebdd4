package io.ridethrough.routes;

import java.util.Set;
import java.util.regex.Pattern;

/** The words that routes may use, and those they may not. */
final class RouteVocabulary {
    static final int ROUTES_A_FILE = 6;
    static final Set<String> TOP = Set.of("route", "routeTemplate", "routeConfiguration");
    static final Set<String> SENDS = Set.of("to", "toD", "wireTap");
    static final Set<String> LANGUAGES = Set.of("simple", "constant", "method");
    /** Elements whose expression stands directly below them; every other one says {@code expression} first. */
    static final Set<String> PREDICATES =
            Set.of("expression", "correlationExpression", "completionSizeExpression", "handled", "continued");

    static final Set<String> FORBIDDEN = Set.of(
            "process",
            "script",
            "recipientList",
            "dynamicRouter",
            "routingSlip",
            "enrich",
            "pollEnrich",
            "poll",
            "doTry",
            "errorHandler",
            "beans",
            "kamelet",
            "loop",
            "groovy",
            "jslt",
            "jq",
            "jsonpath",
            "xpath",
            "xquery",
            "ognl",
            "mvel",
            "spel",
            "python",
            "js",
            "joor",
            "java",
            "csimple",
            "datasonnet",
            "language",
            "tokenize",
            "xtokenize",
            "exchangeProperty",
            "header",
            "variable",
            "wasm",
            "hl7terser");
    /** A new wire is added here and to {@code camel.HeaderFence} in one commit. */
    static final Set<String> SCHEMES =
            Set.of("direct", "seda", "kept-ssh", "http", "https", "paho-mqtt5", "quartz", "platform-http", "timer");

    static final Set<String> OWN_SCHEMES = Set.of("kept-ssh");
    static final String PLACEHOLDER = "\\{\\{[a-z][a-zA-Z0-9.-]*}}";
    static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-([a-z0-9]+|" + PLACEHOLDER + "))+");
    static final Pattern SENTENCE = Pattern.compile("\\p{Lu}[^\\n]*[^.\\s]\\.");
    static final Pattern ONE_REFERENCE = Pattern.compile("\\$\\{(body|exception)(\\.[a-zA-Z]\\w*(\\(\\))?)*}");
    static final Pattern BY_ID = Pattern.compile("direct:[a-z][a-z-]*\\$\\{body(\\.[a-zA-Z]\\w*(\\(\\))?)*}");

    private RouteVocabulary() {}
}
