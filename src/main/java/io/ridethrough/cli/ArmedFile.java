package io.ridethrough.cli;

import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Entry;
import io.ridethrough.run.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sites were last known to be armed, one a line, beside the journal and written with it: read only where the
 * journal can neither be opened nor read (R34).
 */
record ArmedFile(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(ArmedFile.class);
    private static final String HEAD =
            "# Written by ridethrough whenever a site is armed or disarmed; read when the" + " journal cannot be.\n";

    /** Replaces what it says. A file that cannot be written stops nothing: the journal counts. */
    void write(Set<SiteId> armed) {
        StringBuilder text = new StringBuilder(HEAD);
        armed.forEach(site -> text.append(site).append('\n'));
        try {
            if (Files.exists(file) && Files.readString(file).equals(text.toString())) {
                return;
            }
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("Which sites are armed could not be written beside the journal");
        }
    }

    /** What it says, as records of a journal; nothing where it cannot be read. */
    List<Entry> records() {
        try {
            List<Entry> records = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    records.add(Standing.armed(
                            new SiteId(line.strip()),
                            Files.getLastModifiedTime(file).toInstant()));
                }
            }
            return records;
        } catch (IOException | IllegalArgumentException e) {
            LOG.atError().setCause(e).log("Nothing tells which sites are armed: they only watch");
            return List.of();
        }
    }
}
