package io.ridethrough.routes;

import static io.ridethrough.routes.RouteVocabulary.BY_ID;
import static io.ridethrough.routes.RouteVocabulary.FORBIDDEN;
import static io.ridethrough.routes.RouteVocabulary.ID;
import static io.ridethrough.routes.RouteVocabulary.LANGUAGES;
import static io.ridethrough.routes.RouteVocabulary.ONE_REFERENCE;
import static io.ridethrough.routes.RouteVocabulary.OWN_SCHEMES;
import static io.ridethrough.routes.RouteVocabulary.PLACEHOLDER;
import static io.ridethrough.routes.RouteVocabulary.PREDICATES;
import static io.ridethrough.routes.RouteVocabulary.ROUTES_A_FILE;
import static io.ridethrough.routes.RouteVocabulary.SCHEMES;
import static io.ridethrough.routes.RouteVocabulary.SENDS;
import static io.ridethrough.routes.RouteVocabulary.SENTENCE;
import static io.ridethrough.routes.RouteVocabulary.TOP;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The manners of route files (reliability 5.3, design 6): YAML shows the process in one notation and decides nothing.
 * Reports every finding at once, in file order.
 */
final class RouteLint {
    /** What is wrong and where. */
    record Finding(String file, int line, String message) {
        @Override
        public String toString() {
            return file + ":" + line + ": error: " + message;
        }
    }

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> ids = new HashMap<>();
    private String file = "";

    private RouteLint() {}

    static List<Finding> check(List<RouteFile> files) {
        RouteLint lint = new RouteLint();
        for (RouteFile each : files) {
            lint.file = each.name();
            lint.file(each.root());
        }
        lint.oneErrorConfiguration(files);
        return List.copyOf(lint.findings);
    }

    private void oneErrorConfiguration(List<RouteFile> files) {
        List<JsonNode> all = new ArrayList<>();
        files.forEach(each -> each.root().findParents("routeConfiguration").forEach(all::add));
        if (all.size() > 1) {
            report(all.get(1), "a second routeConfiguration: errors are configured once for all routes");
        }
    }

    private void file(JsonNode root) {
        if (!root.isArray()) {
            report(root, "a route file is a list of routes");
            return;
        }
        long routes = 0;
        for (JsonNode element : root) {
            for (Map.Entry<String, JsonNode> top : element.properties()) {
                if (!TOP.contains(top.getKey())) {
                    report(
                            element,
                            "top level \"" + top.getKey() + "\": write one of "
                                    + TOP.stream().sorted().toList());
                }
                routes += top.getKey().equals("routeConfiguration") ? 0 : 1;
                definition(top.getKey(), top.getValue());
            }
        }
        if (routes > ROUTES_A_FILE) {
            report(root, routes + " routes in one file; at most " + ROUTES_A_FILE + ", one concern a file");
        }
    }

    private void definition(String kind, JsonNode body) {
        described(kind, body);
        if (kind.equals("routeConfiguration")) {
            if (body.has("id")) {
                report(body, "a routeConfiguration with an id does not hold for inner routes: leave the id out");
            }
        } else {
            named(kind, body);
        }
        if (kind.equals("route")) {
            if (body.has("routeConfigurationId")) {
                report(body, "routeConfigurationId: errors are configured once for all routes");
            }
            route(body);
        }
        if (kind.equals("routeTemplate")) {
            route(body.has("route") ? body.path("route") : body);
            body.path("parameters").forEach(parameter -> described("template parameter", parameter));
        }
        visit(body, List.of());
    }

    private void route(JsonNode route) {
        JsonNode from = route.path("from");
        if (!from.path("steps").isArray()) {
            report(route, "a route begins with from: {uri, parameters, steps}");
        }
    }

    private void visit(JsonNode node, List<String> above) {
        if (node.isArray()) {
            node.forEach(child -> visit(child, above));
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String key = field.getKey();
            if (forbidden(key, above)) {
                report(field.getValue(), "\"" + key + "\" has no place in a route: a bean decides, a route shows");
            } else if (!key.equals("parameters") && !key.endsWith("Configuration")) {
                element(key, field.getValue(), above);
                List<String> path = new ArrayList<>(above);
                path.add(key);
                visit(field.getValue(), path);
            }
        }
    }

    private static boolean forbidden(String key, List<String> above) {
        return FORBIDDEN.contains(key) || (key.equals("ref") && PREDICATES.contains(last(above)));
    }

    private void element(String key, JsonNode value, List<String> above) {
        String parent = last(above);
        boolean step = parent.equals("steps");
        if (key.equals("from")) {
            uri(value);
        } else if (step && SENDS.contains(key)) {
            send(key, value);
        } else if (step && key.equals("bean")) {
            invocation(key, value);
        } else if (step && key.equals("log") && !value.isObject()) {
            report(value, "shorthand log: write log: {message: ...}");
        } else if (step && key.equals("choice") && above.contains("choice")) {
            report(value, "a choice inside a choice: let one bean decide");
        } else if (key.equals("onException") && above.contains("from")) {
            report(value, "errors are configured once for all routes");
        } else if (LANGUAGES.contains(key) && !parent.equals("bean") && !LANGUAGES.contains(parent)) {
            language(key, value, parent);
        }
        if (step && value.has("id")) {
            named(key, value);
        }
    }

    private static String last(List<String> above) {
        return above.isEmpty() ? "" : above.get(above.size() - 1);
    }

    private void send(String kind, JsonNode send) {
        if (!send.isObject()) {
            report(send, "shorthand " + kind + ": write " + kind + ": {id, uri, parameters}");
            return;
        }
        if (!send.has("id")) {
            report(send, "every " + kind + " has an id");
        }
        String uri = send.path("uri").asText();
        if (kind.equals("toD")) {
            if (!BY_ID.matcher(uri).matches()) {
                report(send, "toD goes only to direct: with an id from the contracts: direct:name-${body.asset}");
            }
        } else {
            uri(send);
        }
    }

    private void uri(JsonNode endpoint) {
        if (!endpoint.isObject() || !endpoint.path("uri").isTextual()) {
            report(endpoint, "write uri and parameters");
            return;
        }
        String uri = endpoint.path("uri").asText();
        int colon = uri.indexOf(':');
        String scheme = uri.split("[:?]", 2)[0];
        boolean placeholder = scheme.matches(PLACEHOLDER);
        if (!placeholder && !SCHEMES.contains(scheme)) {
            report(
                    endpoint,
                    "no route may use \"" + scheme + ":\"; known: "
                            + SCHEMES.stream().sorted().toList());
        } else if (uri.contains("?") || (colon >= 0 && !placeholder && !OWN_SCHEMES.contains(scheme))) {
            report(endpoint, "options in the uri: write uri: " + scheme + " and parameters");
        }
    }

    private void invocation(String kind, JsonNode call) {
        if (!call.path("ref").isTextual() || !call.path("method").isTextual()) {
            report(call, "a " + kind + " names its ref and its method");
        } else if (call.path("ref").asText().startsWith("#")) {
            report(call, "a ref is a bean's name, without #");
        } else if (call.path("method").asText().contains("(")) {
            report(call, "a method is named, its arguments are the bean's business");
        }
    }

    private void language(String name, JsonNode value, String above) {
        if (!PREDICATES.contains(above)) {
            report(value, "shorthand: write expression: {" + name + ": ...}");
        } else if (name.equals("method")) {
            invocation(name, value);
        } else if (!value.isObject()) {
            report(value, "shorthand " + name + ": write " + name + ": {expression: ...}");
        } else if (name.equals("simple")
                && !ONE_REFERENCE.matcher(value.path("expression").asText()).matches()) {
            report(value, "simple names one part of the body (${body.part}); a bean computes, compares and formats");
        }
    }

    private void named(String kind, JsonNode node) {
        String id = node.path("id").asText();
        if (!ID.matcher(id).matches()) {
            report(node, "the id of a " + kind + " reads <group>-<verb>, not \"" + id + "\"");
            return;
        }
        String place = file + ":" + RouteFile.lineOf(node);
        String other = ids.putIfAbsent(id, place);
        if (other != null) {
            report(node, "the id \"" + id + "\" is taken at " + other);
        }
    }

    private void described(String kind, JsonNode node) {
        if (!SENTENCE.matcher(node.path("description").asText()).matches()) {
            report(node, "every " + kind + " has a description of one plain sentence");
        }
    }

    private void report(JsonNode at, String message) {
        findings.add(new Finding(file, RouteFile.lineOf(at), message));
    }
}
