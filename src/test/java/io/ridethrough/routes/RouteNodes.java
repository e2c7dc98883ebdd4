package io.ridethrough.routes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.NamedNode;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OnFallbackDefinition;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** The nodes that route files declare, named by file, line and kind: {@code routes/run/steps.yaml:8 bean}. */
final class RouteNodes {
    /** Branches are reached when a node inside them is. */
    private static final Set<Class<?>> BRANCHES = Set.of(
            WhenDefinition.class,
            OtherwiseDefinition.class,
            OnFallbackDefinition.class,
            OnExceptionDefinition.class,
            CatchDefinition.class,
            FinallyDefinition.class);

    private RouteNodes() {}

    static String name(NamedNode node) {
        String location = Objects.requireNonNullElse(node.getLocation(), "");
        int routes = location.lastIndexOf("routes/");
        return location.substring(Math.max(routes, 0)) + ":" + node.getLineNumber() + " " + node.getShortName();
    }

    /** Every node below a folder of routes. The routes are read, not started. */
    static Set<String> declaredIn(Path folder) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                Stream<Path> files = Files.walk(folder)) {
            List<Resource> resources = files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(file -> PluginHelper.getResourceLoader(context).resolveResource("file:" + file))
                    .toList();
            PluginHelper.getRoutesLoader(context).loadRoutes(resources);
            return nodes(context.getCamelContextExtension().getContextPlugin(Model.class));
        }
    }

    private static Set<String> nodes(Model model) {
        Set<String> nodes = new TreeSet<>();
        model.getRouteDefinitions().forEach(route -> add(route.getOutputs(), nodes));
        model.getRouteTemplateDefinitions()
                .forEach(template -> add(template.getRoute().getOutputs(), nodes));
        model.getRouteConfigurationDefinitions()
                .forEach(errors -> errors.getOnExceptions().forEach(one -> add(one.getOutputs(), nodes)));
        return nodes;
    }

    private static void add(List<ProcessorDefinition<?>> outputs, Set<String> nodes) {
        for (ProcessorDefinition<?> node :
                ProcessorDefinitionHelper.filterTypeInOutputs(outputs, ProcessorDefinition.class)) {
            if (!BRANCHES.contains(node.getClass())) {
                nodes.add(name(node));
            }
            if (node instanceof CircuitBreakerDefinition breaker && breaker.getOnFallback() != null) {
                add(breaker.getOnFallback().getOutputs(), nodes);
            }
        }
    }
}
