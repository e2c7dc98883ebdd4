package io.ridethrough.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Notes which nodes of the product's routes an exchange has reached in this build.
 *
 * <p>Nothing has to be registered: every Camel context of a JVM that has the test classes on its class path is watched
 * (a {@code ContextServicePlugin}), whether a test makes it or the product does. A test that builds its context in a
 * way that skips plugins calls {@link #on}. At its end each JVM writes what it saw to
 * {@code target/route-coverage/<pid>.txt} (a JVM that is killed writes nothing); {@code RouteCoverageGate}, the last
 * step of {@code mvn verify}, reads them all. Nodes are told apart by file, line and kind, so a route made from a
 * template counts for its template.
 */
public final class RouteCoverage implements ContextServicePlugin {
    private static final Path REPORTS = Path.of("target", "route-coverage").toAbsolutePath();
    private static final Set<String> REACHED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(RouteCoverage::write, "route-coverage"));
    }

    /** Watches a context from now on; its routes must not have been started yet. Calling it twice is harmless. */
    public static void on(CamelContext context) {
        List<InterceptStrategy> all = context.getCamelContextExtension().getInterceptStrategies();
        if (all.stream().noneMatch(Watch.class::isInstance)) {
            context.getCamelContextExtension().addInterceptStrategy(new Watch());
        }
    }

    @Override
    public void load(CamelContext context) {
        on(context);
    }

    /** What this JVM has reached so far. */
    static Set<String> reachedHere() {
        return Set.copyOf(REACHED);
    }

    /** What all JVMs of this build have reached. */
    static Set<String> reachedInThisBuild() throws IOException {
        Set<String> all = new TreeSet<>();
        if (Files.isDirectory(REPORTS)) {
            try (Stream<Path> reports = Files.list(REPORTS)) {
                for (Path report : reports.toList()) {
                    all.addAll(Files.readAllLines(report));
                }
            }
        }
        return all;
    }

    private static void write() {
        if (REACHED.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(REPORTS);
            Files.write(REPORTS.resolve(ProcessHandle.current().pid() + ".txt"), new TreeSet<>(REACHED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Watch implements InterceptStrategy {
        @Override
        public Processor wrapProcessorInInterceptors(
                CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
            String node = RouteNodes.name(definition);
            return new DelegateAsyncProcessor(target) {
                @Override
                public boolean process(Exchange exchange, AsyncCallback callback) {
                    REACHED.add(node);
                    return super.process(exchange, callback);
                }
            };
        }
    }
}
