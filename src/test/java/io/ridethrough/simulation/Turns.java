package io.ridethrough.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * Queues whose messages wait for their turn on the one thread of a simulation. As a component of Camel it stands for
 * {@code seda} and, with messages from outside, for {@code timer}.
 */
final class Turns extends DefaultComponent {
    private final Map<String, DefaultConsumer> consumers = new HashMap<>();
    private final Consumer<Runnable> later;

    /** @param later gives a message its turn */
    Turns(Consumer<Runnable> later) {
        this.later = later;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
        parameters.clear();
        return new Place(uri, this, name);
    }

    /** Hands a message to the route that begins there, now. */
    void hand(String name, Object body) {
        DefaultConsumer consumer = consumers.get(name);
        if (consumer == null) {
            throw new IllegalStateException("no route begins at " + name);
        }
        Exchange exchange = consumer.createExchange(false);
        exchange.getMessage().setBody(body);
        consumer.getAsyncProcessor().process(exchange, done -> {});
    }

    private final class Place extends DefaultEndpoint {
        private final String name;

        Place(String uri, Component component, String name) {
            super(uri, component);
            this.name = name;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    Object body = exchange.getMessage().getBody();
                    later.accept(() -> hand(name, body));
                }
            };
        }

        @Override
        public org.apache.camel.Consumer createConsumer(Processor processor) {
            DefaultConsumer consumer = new DefaultConsumer(this, processor);
            consumers.put(name, consumer);
            return consumer;
        }
    }
}
