package io.ridethrough.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RouteCoverageTest {
    private static final String SAMPLE = """
            - routeConfiguration:
                onException:
                  - onException:
                      exception: [java.lang.Exception]
                      handled: {constant: {expression: "true"}}
                      steps:
                        - bean: {ref: told, method: add}
            - routeTemplate:
                id: by-host
                parameters:
                  - name: host
                route:
                  from:
                    uri: "direct:by-{{host}}"
                    steps:
                      - circuitBreaker:
                          steps:
                            - throwException:
                                exceptionType: java.lang.IllegalStateException
                                message: broken
                          onFallback:
                            steps:
                              - setBody: {expression: {constant: {expression: second}}}
            - route:
                id: sample-begin
                from:
                  uri: direct
                  parameters: {name: sample-begin}
                  steps:
                    - choice:
                        when:
                          - expression: {simple: {expression: "${body} == 'a'"}}
                            steps:
                              - to: {id: sample-a, uri: "direct:by-x"}
                        otherwise:
                          steps:
                            - bean: {ref: nobody, method: add}
            """;

    @TempDir
    Path folder;

    @Test
    void tellsReachedBranchesFromOthersInRoutesTemplatesAndErrors() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Path file = Files.writeString(routes.resolve("coverage-sample.yaml"), SAMPLE);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("told", List.of());
            context.getRegistry().bind("nobody", List.of());
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource("file:" + file));
            context.addRouteFromTemplate("by-x-1", "by-host", Map.of("host", "x"));
            context.start();

            context.createProducerTemplate().sendBody("direct:sample-begin", "a");
            assertThat(missed(routes))
                    .containsExactly("routes/coverage-sample.yaml:36 bean", "routes/coverage-sample.yaml:6 bean");

            context.createProducerTemplate().send("direct:sample-begin", exchange -> {});
            assertThat(missed(routes)).isEmpty();
        }
    }

    private static Set<String> missed(Path routes) throws Exception {
        Set<String> missed = new TreeSet<>(RouteNodes.declaredIn(routes));
        assertThat(missed).hasSize(7);
        missed.removeAll(RouteCoverage.reachedHere());
        return missed;
    }
}
