package io.ridethrough.camel;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports what broke inside a route: a defect of ours or of the machine, never a target's answer. */
public final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    /** Logs the trouble with the route it came from. */
    public void report(
            @ExchangeException Exception trouble, @ExchangeProperty(Exchange.FAILURE_ROUTE_ID) @Nullable String route) {
        LOG.atError().setCause(trouble).addKeyValue("route", route).log("A route broke; a person is needed");
    }
}
