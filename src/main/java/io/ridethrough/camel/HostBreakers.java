package io.ridethrough.camel;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.Resilience4jConfigurationDefinition;
import org.apache.camel.processor.DefaultProcessorFactory;
import org.apache.camel.reifier.ProcessorReifier;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@code circuitBreaker} of a route a {@link HostBreaker}. What a route may configure is what that can do: no
 * time-out and no bulkhead, since endpoints bound their commands themselves.
 */
final class HostBreakers extends DefaultProcessorFactory {
    /** The way, then the target. */
    private static final Pattern ID = Pattern.compile("(.+?)-breaker-(.+)");

    private final double speed;
    private final Breakers breakers;

    /** In a lab that runs {@code speed} times faster, breakers stay open for that much less. */
    HostBreakers(double speed, Breakers breakers) {
        this.speed = speed;
        this.breakers = breakers;
    }

    @Override
    public @Nullable Processor createProcessor(Route route, NamedNode definition) throws Exception {
        if (definition instanceof CircuitBreakerDefinition breaker) {
            return new Reifier(route, breaker, speed, breakers).createProcessor();
        }
        return super.createProcessor(route, definition);
    }

    private static final class Reifier extends ProcessorReifier<CircuitBreakerDefinition> {
        private final double speed;
        private final Breakers breakers;

        Reifier(Route route, CircuitBreakerDefinition definition, double speed, Breakers breakers) {
            super(route, definition);
            this.speed = speed;
            this.breakers = breakers;
        }

        @Override
        public Processor createProcessor() throws Exception {
            Resilience4jConfigurationDefinition said = definition.getResilience4jConfiguration();
            if (said == null || definition.getOnFallback() == null) {
                throw new IllegalArgumentException(
                        "a circuitBreaker has a resilience4jConfiguration and an onFallback");
            }
            if (parseBoolean(said.getTimeoutEnabled(), false) || parseBoolean(said.getBulkheadEnabled(), false)) {
                throw new IllegalArgumentException("a circuitBreaker has no time-out and no bulkhead here");
            }
            Matcher id = ID.matcher(String.valueOf(definition.getId()));
            if (!id.matches()) {
                throw new IllegalArgumentException("a circuitBreaker has an id of the form <way>-breaker-<target>");
            }
            Processor steps = createChildProcessor(true);
            Processor fallback =
                    createOutputsProcessor(definition.getOnFallback().getOutputs());
            return new HostBreaker(
                    new HostBreaker.Name(id.group(1), id.group(2)),
                    breakers,
                    InstantSource.system(),
                    CircuitBreaker.of(definition.getId(), config(said)),
                    AsyncProcessorConverterHelper.convert(steps),
                    AsyncProcessorConverterHelper.convert(fallback));
        }

        private CircuitBreakerConfig config(Resilience4jConfigurationDefinition said) {
            return CircuitBreakerConfig.custom()
                    .minimumNumberOfCalls(number(said.getMinimumNumberOfCalls(), 3))
                    .slidingWindowSize(number(said.getSlidingWindowSize(), 6))
                    .failureRateThreshold(number(said.getFailureRateThreshold(), 60))
                    .waitDurationInOpenState(
                            Duration.ofMillis((long) (number(said.getWaitDurationInOpenState(), 10) * 1000 / speed)))
                    .permittedNumberOfCallsInHalfOpenState(number(said.getPermittedNumberOfCallsInHalfOpenState(), 2))
                    .build();
        }

        private int number(@Nullable String text, int otherwise) {
            Integer parsed = text == null ? null : parseInt(text);
            return parsed == null ? otherwise : parsed;
        }
    }
}
