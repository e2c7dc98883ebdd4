package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The hosts' own log, in memory and in {@code events.log}, from which order is judged. */
public final class LabEvents implements AutoCloseable {
    private final List<LabEvent> events = new ArrayList<>();
    private final BufferedWriter file;

    public LabEvents(Path file) {
        try {
            this.file = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes that something happened now; it is in the file when this returns. */
    public synchronized void note(AssetId host, String command, String verb, String id, String what) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        LabEvent event = new LabEvent(micros, host.toString(), clean(command), clean(verb), clean(id), what);
        events.add(event);
        try {
            file.write(event.line());
            file.newLine();
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything noted so far, oldest first. */
    public synchronized List<LabEvent> all() {
        return List.copyOf(events);
    }

    private static String clean(String text) {
        return text.isBlank() ? "-" : text.replaceAll("\\p{Cntrl}", " ");
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
