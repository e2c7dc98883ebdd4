package io.ridethrough.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.ridethrough.camel.Engine;
import io.ridethrough.plan.Intent;
import io.ridethrough.run.Begun;
import io.ridethrough.run.Resume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.slf4j.LoggerFactory;

/**
 * The product's own routes of the run core, started once for many stories. Their beans are those of the process that
 * lives at the moment; a new process finds no message and no join of the one before. One thread.
 */
final class RunRoutes implements AutoCloseable {
    private static final List<String> FILES =
            List.of("errors.yaml", "run/runs.yaml", "run/steps.yaml", "run/resume.yaml", "triggers/power.yaml");

    private final Engine engine;
    private final Turns timer = new Turns(Runnable::run);
    private final Beans beans = new Beans();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level loud = root.getLevel();
    private final AsyncProducer begin;
    private final AsyncProducer resume;

    /** @param folder where the files of these routes are gathered */
    RunRoutes(Path folder) {
        root.setLevel(Level.OFF);
        gather(folder);
        engine = new Engine(new Engine.Settings(
                folder, Map.of("ridethrough.queue", "turns", "ridethrough.power.tick", "500"), "127.0.0.1", 0));
        engine.context().getExecutorServiceManager().setThreadPoolFactory(new OneThread(work -> beans.life()
                .soon(work)));
        engine.context().addComponent("turns", new Turns(work -> beans.life().soon(work)));
        engine.context().addComponent("timer", timer);
        engine.bind("runs", beans.runs());
        engine.bind("power", beans.power());
        engine.bind("faults", beans.faults());
        engine.context().getShutdownStrategy().setTimeout(1);
        engine.start();
        begin = producer("direct:run-begin");
        resume = producer("direct:run-resume");
    }

    private static void gather(Path folder) {
        for (String file : FILES) {
            try {
                Path to = folder.resolve(file);
                Files.createDirectories(Optional.ofNullable(to.getParent()).orElse(folder));
                Files.copy(Path.of("routes").resolve(file), to);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private AsyncProducer producer(String uri) {
        try {
            AsyncProducer producer = engine.context().getEndpoint(uri).createAsyncProducer();
            producer.start();
            return producer;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on the routes are those of this process. */
    void belongTo(Life life) {
        beans.belongTo(life);
        engine.context().getRoute("step-join").getServices().stream()
                .filter(AggregateProcessor.class::isInstance)
                .forEach(join -> ((AggregateProcessor) join).forceDiscardingOfAllGroups());
    }

    /** As a trigger hands over an intent. */
    CompletionStage<Begun> begin(Intent intent) {
        CompletableFuture<Begun> begun = new CompletableFuture<>();
        Exchange exchange = begin.getEndpoint().createExchange();
        exchange.getMessage().setBody(intent);
        begin.process(
                exchange,
                done -> begun.complete(
                        exchange.getMessage().getBody() instanceof Begun told
                                ? told
                                : new Begun.Denied("the run could not be begun")));
        return begun;
    }

    /** As the service does at its start, or a person by hand. */
    void resume(Resume which) {
        Exchange exchange = resume.getEndpoint().createExchange();
        exchange.getMessage().setBody(which);
        resume.process(exchange, done -> {});
    }

    /** The passing of time is judged. */
    void tick() {
        timer.hand("power-tick", "");
        timer.hand("run-resume-tick", "");
    }

    @Override
    public void close() {
        engine.close();
        root.setLevel(loud);
    }
}
