package io.ridethrough.breakglass;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/** Writes what a person needs who must do without us. */
public final class BreakGlass {
    private BreakGlass() {}

    /** The two files of one site. */
    public record Written(Path script, Path page) {}

    /**
     * Writes {@code <site>.sh} and {@code <site>.html} into a folder, each whole or not at all; what was there before is
     * replaced. Neither holds a secret.
     *
     * @param made the time that stands on both
     */
    public static Written write(Contracts contracts, SiteId site, Path folder, Instant made) throws IOException {
        Sheet sheet = Sheet.of(contracts, site, made);
        Files.createDirectories(folder);
        Path script = folder.resolve(site + ".sh");
        Path page = folder.resolve(site + ".html");
        replace(script, Script.of(sheet));
        replace(page, Page.of(sheet));
        return new Written(script, page);
    }

    private static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
