package io.ridethrough.camel;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker EIP without a waiting thread: Camel's own holds one for as long as the protected steps take, and
 * a guest's shutdown takes minutes. Trouble is answered by the fallback, which sees the body as it came in.
 */
final class HostBreaker extends AsyncProcessorSupport {
    private final CircuitBreaker breaker;
    private final AsyncProcessor steps;
    private final AsyncProcessor fallback;
    private volatile @Nullable Exception lastTrouble;

    HostBreaker(CircuitBreaker breaker, AsyncProcessor steps, AsyncProcessor fallback) {
        this.breaker = breaker;
        this.steps = steps;
        this.fallback = fallback;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!breaker.tryAcquirePermission()) {
            Exception last = lastTrouble;
            String what = breaker.getName() + " is open after: " + (last == null ? "nothing" : words(last));
            fallBack(exchange, callback, new BreakerOpenException(what, last));
            return false;
        }
        long begun = breaker.getCurrentTimestamp();
        Object body = exchange.getMessage().getBody();
        // As inside of a try block: the route's error handling leaves trouble to the fallback.
        exchange.setProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK, true);
        steps.process(exchange, doneSync -> {
            exchange.removeProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK);
            long took = breaker.getCurrentTimestamp() - begun;
            TimeUnit unit = breaker.getTimestampUnit();
            Exception trouble = exchange.getException();
            if (trouble == null) {
                breaker.onSuccess(took, unit);
                callback.done(false);
            } else {
                lastTrouble = trouble;
                breaker.onError(took, unit, trouble);
                exchange.getMessage().setBody(body);
                fallBack(exchange, callback, trouble);
            }
        });
        return false;
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
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(steps, fallback);
    }

    @Override
    protected void doShutdown() {
        ServiceHelper.stopAndShutdownServices(steps, fallback);
    }
}
