package io.ridethrough.camel;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** All messages of a join are alike: the last one stands for them. */
public final class Join implements AggregationStrategy {
    @Override
    public Exchange aggregate(@Nullable Exchange before, Exchange latest) {
        return latest;
    }
}
