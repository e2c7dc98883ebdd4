package io.ridethrough.camel;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.ridethrough.api.TargetReport;
import io.ridethrough.target.way.WayTroubleException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker EIP without a waiting thread: Camel's own holds one for as long as the protected steps take, and
 * a guest's shutdown takes minutes. Trouble is answered by the fallback, which sees the body as it came in; what the
 * target itself answered does not open it.
 */
final class HostBreaker extends AsyncProcessorSupport {
    /** Whom it guards. */
    record Name(String way, String target) {}

    private final Name name;
    private final Breakers breakers;
    private final InstantSource clock;
    private final CircuitBreaker breaker;
    private final AsyncProcessor steps;
    private final AsyncProcessor fallback;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile @Nullable Seen lastTrouble;
    private volatile @Nullable Instant lastAnswer;

    private record Seen(Instant at, Exception trouble) {}

    /** @param breakers where it can be read while it stands */
    HostBreaker(
            Name name,
            Breakers breakers,
            InstantSource clock,
            CircuitBreaker breaker,
            AsyncProcessor steps,
            AsyncProcessor fallback) {
        this.name = name;
        this.breakers = breakers;
        this.clock = clock;
        this.breaker = breaker;
        this.steps = steps;
        this.fallback = fallback;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!breaker.tryAcquirePermission()) {
            Seen seen = lastTrouble;
            Exception last = seen == null ? null : seen.trouble();
            String what = breaker.getName() + " is open after: " + (last == null ? "nothing" : words(last));
            fallBack(exchange, callback, new BreakerOpenException(what, last));
            return false;
        }
        long begun = breaker.getCurrentTimestamp();
        Object body = exchange.getMessage().getBody();
        // As inside of a try block: the route's error handling leaves trouble to the fallback.
        exchange.setProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK, true);
        inFlight.incrementAndGet();
        steps.process(exchange, doneSync -> {
            inFlight.decrementAndGet();
            exchange.removeProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK);
            long took = breaker.getCurrentTimestamp() - begun;
            TimeUnit unit = breaker.getTimestampUnit();
            Exception trouble = exchange.getException();
            if (trouble == null || answered(trouble)) {
                lastAnswer = clock.instant();
                breaker.onSuccess(took, unit);
            } else {
                breaker.onError(took, unit, trouble);
            }
            if (trouble == null) {
                callback.done(false);
            } else {
                lastTrouble = new Seen(clock.instant(), trouble);
                exchange.getMessage().setBody(body);
                fallBack(exchange, callback, trouble);
            }
        });
        return false;
    }

    String name() {
        return breaker.getName();
    }

    TargetReport.WayState report(Function<String, OptionalInt> limits) {
        Seen trouble = lastTrouble;
        return new TargetReport.WayState(
                name.target(),
                name.way(),
                state(),
                Optional.ofNullable(lastAnswer),
                Optional.ofNullable(trouble).map(seen -> new TargetReport.Trouble(seen.at(), words(seen.trouble()))),
                inFlight.get(),
                limits.apply(name.way()));
    }

    private TargetReport.State state() {
        CircuitBreaker.State state = breaker.getState();
        if (state == CircuitBreaker.State.HALF_OPEN) {
            return TargetReport.State.HALF_OPEN;
        }
        return state == CircuitBreaker.State.OPEN || state == CircuitBreaker.State.FORCED_OPEN
                ? TargetReport.State.OPEN
                : TargetReport.State.CLOSED;
    }

    private static boolean answered(Exception trouble) {
        return trouble instanceof WayTroubleException known && known.answered();
    }

    private static String words(Exception trouble) {
        String message = trouble.getMessage();
        return message == null ? trouble.getClass().getSimpleName() : message;
    }

    private void fallBack(Exchange exchange, AsyncCallback callback, Exception trouble) {
        exchange.setException(null);
        exchange.setRouteStop(false);
        exchange.getExchangeExtension().setRedeliveryExhausted(false);
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, trouble);
        fallback.process(exchange, doneSync -> callback.done(false));
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(steps, fallback);
        breakers.add(this);
    }

    @Override
    protected void doStop() {
        breakers.remove(this);
        ServiceHelper.stopService(steps, fallback);
    }

    @Override
    protected void doShutdown() {
        ServiceHelper.stopAndShutdownServices(steps, fallback);
    }
}
