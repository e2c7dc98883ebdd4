package io.ridethrough.cli;

import io.ridethrough.contract.SiteId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service of a process, started anew in its place once it can use what it could not use before: its journal. Never
 * while a run is open.
 */
final class Renewed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Renewed.class);
    private static final long BETWEEN_LOOKS_SECONDS = 2;

    private final ContractFolder folder;
    private final Function<Declared, Service> starting;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Service service;

    /** @param starting starts a service with what the folder holds */
    Renewed(ContractFolder folder, Function<Declared, Service> starting) {
        this.folder = folder;
        this.starting = starting;
    }

    synchronized void begin(Declared declared) {
        service = starting.apply(declared);
    }

    /** The sites it serves. */
    synchronized Set<SiteId> sites() {
        return Objects.requireNonNull(service).contracts().sites().keySet();
    }

    /** Returns once it was closed. */
    void untilEnded() throws InterruptedException {
        while (!ended.await(BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS)) {
            renew();
        }
    }

    private synchronized void renew() {
        Service old = service;
        if (old == null || ended.getCount() == 0) {
            return;
        }
        try {
            old.catchUp();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("The contracts of the folder could not be taken");
        }
        Optional<String> why = old.renewal();
        if (why.isEmpty()) {
            return;
        }
        Declared declared = Declared.in(folder);
        if (declared.contracts().isEmpty()) {
            return;
        }
        LOG.atWarn().addKeyValue("reason", why.get()).log("The service starts anew");
        old.close();
        service = null;
        begin(declared);
    }

    @Override
    public synchronized void close() {
        if (service != null && ended.getCount() > 0) {
            service.close();
        }
        ended.countDown();
    }
}
